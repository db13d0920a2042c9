package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.reconciler.replay.Log.Feed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Folds the inputs of one partition and compares what comes of it. */
final class LedgerFold {

  private static final RawBytes NOT_COMPARED = RawBytes.of(new byte[0]);

  private final TopicPartition partition;
  private final Plan.Part part;
  private final ReplayRange range;
  private final DeadRecords dead;
  private final Past past;
  private final Undisposed undisposed;
  private final Findings findings;
  private final Scratch scratch;
  private final Tally tally;
  private final OrderStates states = new OrderStates();
  private final Set<String> touched = new HashSet<>();
  private final Map<String, Matcher> matchers = new LinkedHashMap<>();
  private final SourceCheck sourceCheck;

  /** The thread's own world: what one partition needs. */
  record World(
      Log log,
      Plan plan,
      ReplayRange range,
      DeadRecords dead,
      Sources sources,
      Undisposed undisposed,
      Patience patience,
      Findings findings,
      Scratch scratch,
      Tally tally) {}

  LedgerFold(World world, int partition, Past past, Feed feed) {
    this.partition = new TopicPartition(Topics.ORDER_INPUTS.name(), partition);
    this.part = world.plan().part(this.partition);
    this.range = world.range();
    this.dead = world.dead();
    this.past = past;
    this.undisposed = world.undisposed();
    this.findings = world.findings();
    this.scratch = world.scratch();
    this.tally = world.tally();
    this.sourceCheck = new SourceCheck(world, past.isOfAnotherTopic());
    PartitionVerdicts verdicts = new PartitionVerdicts(world, states);
    for (Topic<?> topic : Plan.OUTPUTS) {
      matchers.put(
          topic.name(),
          new Matcher(
              topic,
              partition,
              world.plan().part(topic, partition),
              world.log(),
              feed,
              topic.equals(Topics.PAYMENT_EXCEPTIONS)
                  ? record -> verdicts.isOfIntake(record) || isElsewhere(record)
                  : this::isElsewhere,
              world.patience(),
              verdicts));
    }
  }

  /** Reads and folds to the end of its span. */
  void run(Feed feed) {
    ConsumerRecord<byte[], byte[]> record;
    while ((record = feed.next(partition)) != null) {
      if (range.takes(record.key())) {
        take(record);
      }
      tally.input();
    }
    sourceCheck.finish();
    matchers.values().forEach(Matcher::finish);
    if (past.met() > 0) {
      findings.untold(Untold.PAST_EXPIRED, past.met(), past.met() + " orders of " + partition);
    }
  }

  /** The orders as they are at the end. */
  OrderStates states() {
    return states;
  }

  /** Which orders an input of the range changed. */
  Set<String> touched() {
    return touched;
  }

  // What is known of an order whose past is gone says nothing about its records.
  private boolean isElsewhere(ConsumerRecord<byte[], byte[]> record) {
    return !range.takes(record.key())
        || past.holds(Matcher.key(record))
        // Asked by intake, not by the ledger, for a notice that nobody signed; it moves no money.
        || Intake.isConfirmation(Matcher.id(record));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    RecordCoordinates at = Matcher.at(record);
    Phase phase = part.phase(record.offset());
    boolean isDead = dead.holds(at);
    OrderInput input;
    try {
      input = Topics.ORDER_INPUTS.read(record.headers(), record.value());
      if (!Arrays.equals(record.key(), input.order().toString().getBytes(UTF_8))) {
        throw new UnreadableRecordException(
            DeadLetterReason.WRONG_KEY, "its key is not shop:order_no of its content");
      }
    } catch (UnreadableRecordException e) {
      if (!isDead && phase == Phase.WITHIN) {
        undisposed.add(at, String.valueOf(e.getMessage()));
      }
      return;
    }
    if (phase == Phase.WITHIN) {
      sourceCheck.check(input, at, record, isDead);
    } else {
      sourceCheck.meetOutside(input, record, isDead);
    }
    if (!isDead) {
      fold(input, at, phase);
    }
  }

  private void fold(OrderInput input, RecordCoordinates at, Phase phase) {
    String order = input.order().toString();
    if (past.holds(order)) {
      if (phase == Phase.WITHIN) {
        past.meet(order);
      }
      return;
    }
    OrderLedger before = states.get(input.order(), order);
    Decision decision;
    try {
      decision = Ledgers.apply(before, input);
    } catch (RuntimeException e) {
      // As streams does: a defect costs one input and not the partition.
      if (phase == Phase.WITHIN) {
        findings.add(
            new Difference(
                DifferenceKind.FOLD_FAILED,
                at.topic(),
                order,
                at,
                e.getClass().getSimpleName() + " in the ledger"));
      }
      return;
    }
    if (decision instanceof Decision.Advance advance) {
      states.put(order, advance.after());
      if (phase == Phase.WITHIN) {
        touched.add(order);
      }
    }
    Made.of(
        decision,
        new Made.Sink() {
          @Override
          public <V> void record(Topic<V> topic, V value, String eventId) {
            expect(topic, value, eventId, order, at, phase);
            if (phase == Phase.WITHIN) {
              scratch.record(topic, value, at);
            }
          }
        });
  }

  private <V> void expect(
      Topic<V> topic, V value, String eventId, String order, RecordCoordinates at, Phase phase) {
    RawBytes payload =
        phase == Phase.WITHIN ? RawBytes.of(topic.json().write(value)) : NOT_COMPARED;
    Matcher matcher = matchers.get(topic.name());
    if (matcher == null) {
      throw new IllegalStateException("the ledger writes no " + topic.name());
    }
    matcher.expect(new Expected(eventId, payload, order, at, phase));
  }
}
