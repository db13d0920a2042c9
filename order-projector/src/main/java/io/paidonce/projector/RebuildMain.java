package io.paidonce.projector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;

/** The wiring of a rebuild: a projector into another schema, and the switch to it. */
public final class RebuildMain {

  private RebuildMain() {}

  /** Whether a rebuild may leave rows behind that no topic holds any more. */
  public enum Forgotten {
    REFUSE,
    ACCEPT
  }

  /**
   * Builds the read store anew from the topics and puts it in the place of the one that serves.
   * Begun before and interrupted, it goes on where it was.
   *
   * @throws IllegalStateException if it can't be done; a sentence says why and what to do. The read
   *     store that serves is as it was then
   */
  public static Rebuilt run(ProjectorConfig config, Forgotten forgotten, RebuildSteps steps) {
    Clock clock = Clock.systemUTC();
    ClusterGate gate = new ClusterGate(ProjectorMain.cluster(config));
    StartCheck.require(config, gate, clock);
    try (Admin admin = KafkaClients.admin(config)) {
      Rebuild rebuild =
          new Rebuild(
              config,
              forgotten,
              steps,
              new LogSizes(admin),
              building -> writer(building, gate, admin, clock));
      return rebuild.run();
    }
  }

  /**
   * Drops what an interrupted rebuild has left; says whether there was anything.
   *
   * @throws IllegalStateException if a rebuild runs
   */
  public static boolean dropUnfinished(ProjectorConfig config) {
    return drop(config, true);
  }

  /**
   * Drops the read store from before the last rebuild; says whether there was one.
   *
   * @throws IllegalStateException if a rebuild runs
   */
  public static boolean dropOld(ProjectorConfig config) {
    return drop(config, false);
  }

  private static boolean drop(ProjectorConfig config, boolean unfinished) {
    try (SchemaSwitch schemas = SchemaSwitch.open(config)) {
      String schema = unfinished ? schemas.names().building() : schemas.names().old();
      boolean there = schemas.exists(schema);
      if (there) {
        schemas.drop(schema);
      }
      return there;
    } catch (SQLException e) {
      throw new IllegalStateException(config.database() + " does not do it: " + e.getMessage(), e);
    }
  }

  private static RebuildWriter writer(
      ProjectorConfig building, ClusterGate gate, Admin admin, Clock clock) {
    LongSupplier nanoTime = System::nanoTime;
    Database database = new Database(building, nanoTime);
    try {
      Migrations.apply(building, database);
    } catch (RuntimeException e) {
      database.disconnect();
      throw e;
    }
    Health health = new Health();
    ProjectorMetrics metrics = new ProjectorMetrics(new SimpleMeterRegistry(), clock, health);
    Offsets offsets = new Offsets();
    Projection projection =
        new Projection(
            gate,
            KafkaClients.consumer(building),
            database,
            offsets,
            new BatchWriter(offsets, clock),
            new Backoff(nanoTime, new SplittableRandom()),
            new LogEnds(admin, metrics, health, nanoTime),
            metrics,
            health);
    return new RebuildWriter(WriterThread.start(projection), health);
  }
}
