package io.paidonce.projector;

import io.paidonce.projector.SchemaSwitch.Counted;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The read store built anew beside the one that serves. It is a projector like any other, into
 * another schema; when that one has caught up and holds no fewer rows, two schemas change their
 * names in one transaction. Where that is cut nobody knows what became of it, so PostgreSQL is
 * asked and never memory.
 */
final class Rebuild {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(5);
  private static final Duration POSTGRES_BACK_WITHIN = Duration.ofMinutes(2);
  private static final int SWITCHES = 5;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final ProjectorConfig config;
  private final RebuildMain.Forgotten forgotten;
  private final RebuildSteps steps;
  private final LogSizes logs;
  private final Function<ProjectorConfig, RebuildWriter> writers;
  private final long began = System.nanoTime();
  private boolean counted;
  private long records;

  Rebuild(
      ProjectorConfig config,
      RebuildMain.Forgotten forgotten,
      RebuildSteps steps,
      LogSizes logs,
      Function<ProjectorConfig, RebuildWriter> writers) {
    this.config = config;
    this.forgotten = forgotten;
    this.steps = steps;
    this.logs = logs;
    this.writers = writers;
  }

  Rebuilt run() {
    SchemaSwitch schemas = opened();
    try {
      SchemaNames names = schemas.names();
      prepare(schemas);
      for (int i = 1; ; i++) {
        try {
          if (isSwitched(schemas, names) || buildAndSwitch(schemas)) {
            return done(schemas);
          }
          steps.say("the new read store was not there in time; the old one serves on");
        } catch (SQLException e) {
          steps.say("PostgreSQL was away (" + e.getMessage() + "); asking it what stands");
          schemas.close();
          schemas = reconnected();
        }
        if (i == SWITCHES) {
          throw new IllegalStateException(
              "the switch failed " + SWITCHES + " times; run the rebuild again to go on");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(config.database() + " does not answer: " + e.getMessage(), e);
    } finally {
      schemas.close();
    }
  }

  private void prepare(SchemaSwitch schemas) throws SQLException {
    SchemaNames names = schemas.names();
    if (!schemas.isProjected()) {
      throw new IllegalStateException(
          "the schema "
              + names.live()
              + " holds no read store; start a projector, which makes one and fills it");
    }
    if (schemas.exists(names.old())) {
      throw new IllegalStateException(
          "the schema "
              + names.old()
              + " still keeps the read store from before the last rebuild; drop it first: paidonce"
              + " rebuild --drop-old");
    }
    if (!schemas.mayRename()) {
      throw new IllegalStateException(
          "this user can't put another schema in the place of "
              + names.live()
              + ": it must own it (ALTER SCHEMA "
              + names.live()
              + " OWNER TO …) and may create schemas (GRANT CREATE ON DATABASE …)");
    }
    steps.say(
        schemas.exists(names.building())
            ? "going on with the schema " + names.building()
            : "building the schema " + names.building());
    schemas.create(names.building());
  }

  private static boolean isSwitched(SchemaSwitch schemas, SchemaNames names) throws SQLException {
    return schemas.exists(names.old()) && !schemas.exists(names.building());
  }

  private boolean buildAndSwitch(SchemaSwitch schemas) throws SQLException {
    SchemaNames names = schemas.names();
    try (RebuildWriter writer = writers.apply(config.building(names.building()))) {
      requireAlike(schemas);
      catchUp(schemas, writer);
      if (!counted) {
        compare(schemas, writer);
        counted = true;
      }
      steps.say("switching");
      schemas.holdWriters();
      Map<String, Long> place = schemas.offsets(names.live());
      if (!reaches(schemas, writer, place)) {
        schemas.giveUp();
        return false;
      }
      // Its last batch must not fall between the two names.
      writer.end();
      steps.switching();
      schemas.commit();
      return true;
    }
  }

  // Everything in the live schema goes away with its name: what is not ours must not be there.
  private void requireAlike(SchemaSwitch schemas) throws SQLException {
    SchemaNames names = schemas.names();
    String live = schemas.version(names.live());
    String building = schemas.version(names.building());
    if (!live.equals(building)) {
      throw new IllegalStateException(
          "the read store has the tables of version "
              + live
              + " and this build those of "
              + building
              + "; start a projector of this build first, which migrates them");
    }
    List<String> strangers = schemas.strangers();
    if (!strangers.isEmpty()) {
      throw new IllegalStateException(
          "the schema "
              + names.live()
              + " would be renamed with what is not of the read store: "
              + String.join("; ", strangers)
              + ". Move it to another schema, or drop it and make it again after the switch");
    }
  }

  private void catchUp(SchemaSwitch schemas, RebuildWriter writer) throws SQLException {
    Map<String, Long> begins = logs.begins();
    Map<String, Long> ends = logs.ends();
    Map<String, Long> at = schemas.offsets(schemas.names().building());
    long first = done(at, begins);
    long last = first;
    long lookedAt = System.nanoTime();
    while (!isAt(at, ends)) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      writer.requireAlive();
      at = schemas.offsets(schemas.names().building());
      long now = System.nanoTime();
      long done = done(at, begins);
      steps.applied(
          done, done(ends, begins), (done - last) * SECOND_NANOS / Math.max(1, now - lookedAt));
      last = done;
      lookedAt = now;
      ends = logs.ends();
    }
    records += last - first;
  }

  // Offsets, as a measure of records: markers are counted with them.
  private static long done(Map<String, Long> at, Map<String, Long> begins) {
    long done = 0;
    for (Map.Entry<String, Long> partition : at.entrySet()) {
      done += Math.max(0, partition.getValue() - begins.getOrDefault(partition.getKey(), 0L));
    }
    return done;
  }

  private static boolean isAt(Map<String, Long> at, Map<String, Long> wanted) {
    return wanted.entrySet().stream()
        .allMatch(w -> at.getOrDefault(w.getKey(), 0L) >= w.getValue());
  }

  // Rows are added and changed and never deleted: a store that is as far or further holds as many.
  private void compare(SchemaSwitch schemas, RebuildWriter writer) throws SQLException {
    SchemaNames names = schemas.names();
    Counted old = schemas.count(names.live());
    while (!reaches(schemas, writer, old.offsets())) {
      writer.requireAlive();
    }
    Counted built = schemas.count(names.building());
    List<String> fewer = new ArrayList<>();
    old.rows()
        .forEach(
            (table, rows) -> {
              long now = built.rows().getOrDefault(table, 0L);
              if (now < rows) {
                fewer.add(table + " has " + now + " rows for " + rows);
              }
            });
    if (fewer.isEmpty()) {
      steps.say("counted: no table has fewer rows than it had");
      return;
    }
    String missing = String.join(", ", fewer);
    if (forgotten == RebuildMain.Forgotten.REFUSE) {
      throw new IllegalStateException(
          "the topics no longer hold everything that the read store does: "
              + missing
              + ". Nothing was switched. Retention may have deleted the records; to go on without"
              + " those rows: --accept-fewer");
    }
    steps.say("accepted: " + missing);
  }

  private static boolean reaches(
      SchemaSwitch schemas, RebuildWriter writer, Map<String, Long> place) throws SQLException {
    long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
    while (!isAt(schemas.offsets(schemas.names().building()), place)) {
      writer.requireAlive();
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(SOON.toNanos());
    }
    return true;
  }

  private Rebuilt done(SchemaSwitch schemas) throws SQLException {
    SchemaNames names = schemas.names();
    long orders = schemas.count(names.live()).rows().getOrDefault("orders", 0L);
    return new Rebuilt(records, orders, Duration.ofNanos(System.nanoTime() - began), names.old());
  }

  private SchemaSwitch opened() {
    try {
      return SchemaSwitch.open(config);
    } catch (SQLException e) {
      throw new IllegalStateException(
          config.database() + " can't be opened: " + e.getMessage() + "; is PostgreSQL running?",
          e);
    }
  }

  // The server may take a while to notice that our connection is gone, and holds its lock so long.
  private SchemaSwitch reconnected() {
    long deadline = System.nanoTime() + POSTGRES_BACK_WITHIN.toNanos();
    while (true) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      try {
        return opened();
      } catch (IllegalStateException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException(
              e.getMessage() + "; once it is back, run the rebuild again to go on", e);
        }
      }
    }
  }
}
