package io.paidonce.reconciler.replay;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.replay.Log.Extent;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Folds a range of the past again and compares. First what intake lets pass, partition by
 * partition; then the inputs with what the ledger made of them, partition by partition with all
 * that was written of it; then what lies at the edges.
 */
public final class Replay {

  private final Log log;
  private final @Nullable Supplier<Rows> readStore;
  private final ReplayRange range;
  private final ReplayConfig config;
  private final Tally tally;
  private final Findings findings = new Findings();
  private final Undisposed undisposed = new Undisposed();
  private final Sources sources = new Sources();
  private final LongAdder hidden = new LongAdder();
  private final LongSet folded = new LongSet();
  private final Patience patience;
  private final @Nullable Reverification reverification;
  private final Scratch scratch;

  Replay(
      Log log,
      @Nullable Supplier<Rows> readStore,
      ReplayRange range,
      ReplayConfig config,
      Tally tally) {
    this(log, readStore, range, config, Scratch.NONE, tally, null);
  }

  Replay(
      Log log,
      @Nullable Supplier<Rows> readStore,
      ReplayRange range,
      ReplayConfig config,
      Scratch scratch,
      Tally tally,
      @Nullable EvidenceCheck evidence) {
    this.log = log;
    this.scratch = scratch;
    this.readStore = readStore;
    this.range = range;
    this.config = config;
    this.tally = tally;
    this.patience = new Patience(config.patience());
    this.reverification = evidence == null ? null : new Reverification(evidence, findings);
  }

  /** Runs one without looking at raw evidence, and writes nothing. */
  public static ReplayReport run(ReplayConfig config, ReplayRange range, Tally tally) {
    return run(config, range, null, tally, null);
  }

  /**
   * Runs one.
   *
   * @param into a schema of the read store's database, for what is folded; null for nowhere
   * @param tally is told how far it is
   * @param evidence verifies the raw evidence of notifications again; absent where that is not
   *     asked
   * @throws UntellableException if the log, or the read store, can't be read
   * @throws IllegalArgumentException if the schema is somebody else's, or there is no read store
   */
  public static ReplayReport run(
      ReplayConfig config,
      ReplayRange range,
      @Nullable ScratchName into,
      Tally tally,
      @Nullable EvidenceCheck evidence) {
    ReplayConfig.ReadStoreLogin login = config.readStore();
    if (into != null && login == null) {
      throw new IllegalArgumentException(
          "--into " + into + " needs the read store; the configuration has no section projector");
    }
    try (Log log = BrokerLog.of(config.bootstrapServers(), config.streamsGroup());
        Scratch scratch =
            into == null || login == null ? Scratch.NONE : JdbcScratch.open(login, into, range)) {
      ReplayReport report =
          new Replay(
                  log,
                  login == null ? null : () -> JdbcRows.open(login),
                  range,
                  config,
                  scratch,
                  tally,
                  evidence)
              .run();
      scratch.finish(report);
      return report;
    }
  }

  ReplayReport run() {
    long began = System.nanoTime();
    Plan plan = Plan.of(log, range);
    DeadRecords dead = DeadRecords.read(log, findings);
    findings.note("dead letters, left out of the fold", dead.size());
    List<Integer> partitions = partitions();
    tally.expect(toRead(plan, partitions));
    sayWhatExpired(plan, partitions);
    tally.step("intake");
    intake(plan, dead);
    tally.step("ledger");
    LedgerFold.World world =
        new LedgerFold.World(
            log, plan, range, dead, sources, undisposed, patience, findings, scratch, tally);
    sideBySide(partitions, partition -> fold(world, partition));
    tally.step("edges");
    new Edges(world, partitions).judge();
    if (!undisposed.isEmpty()) {
      judgeUndisposed();
    }
    if (readStore != null) {
      new ExtraRows(world, folded).judge(readStore);
    }
    sayWhatChanged(plan);
    findings.note("offsets without a committed record: markers and aborted ones", hidden.sum());
    return findings.report(
        tally.inputs(), tally.notifications(), (System.nanoTime() - began) / 1_000_000);
  }

  private List<Integer> partitions() {
    int count = log.partitions(Topics.ORDER_INPUTS.name());
    OrderKey order = range.order();
    List<Integer> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (order == null || i == partitionOf(order, count)) {
        partitions.add(i);
      }
    }
    return partitions;
  }

  /** The partition of what is keyed by an order, as Kafka's own producer chooses it. */
  public static int partitionOf(OrderKey order, int count) {
    byte[] key = order.toString().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % count;
  }

  private long toRead(Plan plan, List<Integer> partitions) {
    long offsets = 0;
    for (int partition : partitions) {
      Span inputs = plan.part(Topics.ORDER_INPUTS, partition).read();
      offsets += inputs.to() - inputs.from();
    }
    for (Topic<?> topic : Plan.SOURCES) {
      for (TopicPartition each : Plan.partitions(log, topic)) {
        offsets += plan.part(each).read().to() - plan.part(each).read().from();
      }
    }
    return offsets;
  }

  // A range that begins before what is kept can't be answered, however well the rest agrees.
  private void sayWhatExpired(Plan plan, List<Integer> partitions) {
    for (int partition : partitions) {
      Extent kept = plan.part(Topics.ORDER_INPUTS, partition).kept();
      TopicPartition each = new TopicPartition(Topics.ORDER_INPUTS.name(), partition);
      if (kept.begin() > 0 && kept.isEmpty()) {
        findings.untold(Untold.RANGE_EXPIRED, 1, each + " keeps nothing any more");
      } else if (kept.begin() > 0 && range.from() != null) {
        Instant first = log.firstAppended(each);
        if (first != null && range.from().isBefore(first)) {
          findings.untold(
              Untold.RANGE_EXPIRED,
              1,
              each + " begins at offset " + kept.begin() + ", appended at " + first);
        }
      }
    }
  }

  // A letter that is being written shows before it is said that there is none.
  private void judgeUndisposed() {
    List<TopicPartition> causes = new ArrayList<>(Plan.partitions(log, Topics.ORDER_INPUTS));
    Plan.SOURCES.forEach(topic -> causes.addAll(Plan.partitions(log, topic)));
    Written letters = new Written(log, causes, Plan.partitions(log, Topics.DEAD_LETTERS));
    patience.retry(() -> letters.notice(each -> log.extent(each).end(), each -> 0), () -> false);
    undisposed.judge(DeadRecords.read(log, new Findings()), letters, findings);
  }

  private void sayWhatChanged(Plan plan) {
    plan.identities()
        .forEach(
            (topic, was) -> {
              if (!log.identity(topic).equals(was)) {
                findings.untold(
                    Untold.TOPIC_RECREATED, 1, topic + " was created anew during the replay");
              }
            });
    for (String hole : log.holes()) {
      findings.untold(Untold.OFFSETS_MISSING, 1, hole);
    }
  }

  private void intake(Plan plan, DeadRecords dead) {
    List<TopicPartition> all = new ArrayList<>();
    Plan.SOURCES.forEach(topic -> all.addAll(Plan.partitions(log, topic)));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      places.add(i);
    }
    sideBySide(
        places,
        place -> {
          TopicPartition each = all.get(place);
          Plan.Part part = plan.part(each);
          try (Feed feed = log.open(Map.of(each, part.read()))) {
            new IntakeFold(each, part, range, dead, sources, undisposed, tally, reverification)
                .run(feed);
            hidden.add(feed.hidden());
          }
        });
  }

  private void fold(LedgerFold.World world, int partition) {
    TopicPartition inputs = new TopicPartition(Topics.ORDER_INPUTS.name(), partition);
    Plan plan = world.plan();
    Extent kept = plan.part(inputs).kept();
    Past past = Past.of(log, plan, partition, kept, log.firstAppended(inputs), findings);
    Map<TopicPartition, Span> spans = new LinkedHashMap<>();
    spans.put(inputs, plan.part(inputs).read());
    for (Topic<?> topic : Plan.OUTPUTS) {
      spans.put(new TopicPartition(topic.name(), partition), plan.part(topic, partition).read());
    }
    try (Feed feed = log.open(spans)) {
      LedgerFold fold = new LedgerFold(world, partition, past, feed);
      fold.run(feed);
      hidden.add(feed.hidden());
      if (scratch.isWanted()) {
        fold.states()
            .forEach(
                (key, order) -> {
                  if (fold.touched().contains(key)) {
                    scratch.order(order);
                  }
                });
      }
      if (readStore != null) {
        try (Rows rows = readStore.get()) {
          new RowCheck(rows, world, partition).run(fold.states(), fold.touched());
        }
        synchronized (folded) {
          fold.states().forEach((order, state) -> folded.add(Digests.of(order)));
        }
      }
    }
  }

  private void sideBySide(List<Integer> places, IntConsumer each) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(config.threads(), Math.max(1, places.size())),
            work -> {
              Thread thread = new Thread(work, "replay");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> under = new ArrayList<>();
      places.forEach(place -> under.add(threads.submit(() -> each.accept(place))));
      for (Future<?> one : under) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UntellableException cause
          ? cause
          : new IllegalStateException("the replay failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UntellableException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reads an input that nobody need be told about if it can't be read. */
  static @Nullable OrderInput input(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Topics.ORDER_INPUTS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      return null;
    }
  }
}
