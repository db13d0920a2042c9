package io.paidonce.reconciler.replay;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the records of one partition that have no equal partner are called. */
final class PartitionVerdicts implements Matcher.Verdicts {

  private final LedgerFold.World world;
  private final OrderStates states;
  private final Findings findings;
  private long provenUpTo = -1;

  PartitionVerdicts(LedgerFold.World world, OrderStates states) {
    this.world = world;
    this.states = states;
    this.findings = world.findings();
  }

  @Override
  public long provenUpTo() {
    return provenUpTo;
  }

  @Override
  public void proven(long inputOffset) {
    provenUpTo = Math.max(provenUpTo, inputOffset);
  }

  @Override
  public void missing(Topic<?> topic, Expected record) {
    findings.add(
        new Difference(
            !topic.equals(Topics.ORDER_TRANSITIONS)
                ? DifferenceKind.RECORD_MISSING
                : isLast(record)
                    ? DifferenceKind.TRANSITION_MISSING
                    : DifferenceKind.VERSION_SKIPPED,
            topic.name(),
            record.order(),
            record.cause(),
            "no record " + record.eventId()));
  }

  // A change that others follow leaves a number out.
  private boolean isLast(Expected transition) {
    String id = transition.eventId();
    long version = Long.parseLong(id.substring(id.lastIndexOf('/') + 1));
    OrderKey order = OrderKey.parse(transition.order());
    return states.get(order, transition.order()).version() == version;
  }

  @Override
  public void extra(Topic<?> topic, ConsumerRecord<byte[], byte[]> record, boolean isRepeated) {
    String id = Matcher.id(record);
    if (topic.equals(Topics.ORDER_TRANSITIONS)) {
      transition(record, id);
    } else if (!topic.equals(Topics.PAYMENT_EXCEPTIONS) || !isOfLostSource(record)) {
      add(
          isRepeated ? DifferenceKind.RECORD_TWICE : DifferenceKind.RECORD_EXTRA,
          record,
          isRepeated ? id + " stands there again" : "the fold makes no " + id);
    }
  }

  // What intake opens about a source that is gone, the fold can't open.
  private boolean isOfLostSource(ConsumerRecord<byte[], byte[]> record) {
    try {
      ExceptionCase one = Topics.PAYMENT_EXCEPTIONS.read(record.headers(), record.value());
      RecordCoordinates source = one.source();
      boolean mayBeIntakes =
          one.kind() == ExceptionKind.CONFLICTING_NOTIFICATION
              || one.kind() == ExceptionKind.COMMAND_REFUSED;
      if (!mayBeIntakes || !Sources.isOfIntake(source)) {
        return false;
      }
      Plan.Part of = world.plan().part(new TopicPartition(source.topic(), source.partition()));
      if (source.offset() >= of.kept().end()) {
        findings.untold(Untold.TOPIC_RECREATED, 1, source + " is named by " + Matcher.at(record));
        return true;
      }
      boolean isGone = source.offset() < of.known() || isFirstGone(of, source);
      if (isGone) {
        findings.untold(Untold.SOURCE_EXPIRED, 1, Matcher.at(record) + " is about " + source);
      }
      return isGone;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  // A contradiction is one only to whoever knows the first.
  private static boolean isFirstGone(Plan.Part of, RecordCoordinates source) {
    return of.kept().begin() > 0 && source.offset() < of.kept().end();
  }

  private void transition(ConsumerRecord<byte[], byte[]> record, String id) {
    String key = Matcher.key(record);
    try {
      OrderTransition stored = Topics.ORDER_TRANSITIONS.read(record.headers(), record.value());
      OrderKey order = stored.order();
      long known = states.get(order, order.toString()).version();
      if (!order.toString().equals(key)) {
        add(DifferenceKind.TRANSITION_EXTRA, record, "its key is not its order");
      } else if (stored.version() > known + 1) {
        add(
            DifferenceKind.VERSION_SKIPPED,
            record,
            "version " + stored.version() + ", where the fold comes to version " + known);
      } else if (stored.version() > known) {
        add(
            DifferenceKind.TRANSITION_EXTRA,
            record,
            "version " + stored.version() + ", where the fold ends at version " + known);
      } else {
        add(DifferenceKind.RECORD_TWICE, record, id + " stands there again");
      }
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      add(DifferenceKind.TRANSITION_EXTRA, record, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void differs(Topic<?> topic, ConsumerRecord<byte[], byte[]> record, Expected expected) {
    DifferenceKind kind =
        topic.equals(Topics.ORDER_TRANSITIONS)
            ? DifferenceKind.TRANSITION_DIFFERS
            : DifferenceKind.RECORD_DIFFERS;
    try {
      topic.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      add(kind, record, "it can't be read: " + e.getMessage());
      return;
    }
    int schema = FieldDifferences.schema(record.value());
    String fields = FieldDifferences.of(expected.payload().bytes(), record.value());
    if (schema < topic.schema()) {
      findings.untold(Untold.OLDER_SCHEMA, 1, Matcher.at(record) + " of schema " + schema);
    } else if (fields.isEmpty()) {
      findings.agreed(topic.name(), 1);
    } else {
      add(kind, record, fields);
    }
  }

  @Override
  public void expired(Topic<?> topic, Expected record) {
    findings.untold(Untold.RECORD_EXPIRED, 1, topic.name() + " " + record.eventId());
  }

  @Override
  public void notYet(Topic<?> topic, long records, String example) {
    findings.untold(Untold.NOT_YET_PROCESSED, records, records + " records to come in " + example);
  }

  @Override
  public void agreed(Topic<?> topic, long records) {
    findings.agreed(topic.name(), records);
  }

  /** Whether intake opened this case, and what it says is compared with that. */
  boolean isOfIntake(ConsumerRecord<byte[], byte[]> record) {
    String id = Matcher.id(record);
    Sources.Opened opened = world.sources().claim(id);
    if (opened == null) {
      return false;
    }
    if (opened.by().phase() == Phase.WITHIN) {
      if (Arrays.equals(opened.payload().bytes(), record.value())) {
        findings.agreed(record.topic(), 1);
      } else {
        differs(
            Topics.PAYMENT_EXCEPTIONS,
            record,
            new Expected(
                id, opened.payload(), opened.by().order(), opened.by().at(), Phase.WITHIN));
      }
    }
    return true;
  }

  private void add(DifferenceKind kind, ConsumerRecord<byte[], byte[]> record, String detail) {
    findings.add(
        new Difference(kind, record.topic(), Matcher.key(record), Matcher.at(record), detail));
  }
}
