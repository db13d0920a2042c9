package io.paidonce.reconciler.replay;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Whether an input is what intake makes of its source, or what a clock of ours could say. */
final class SourceCheck {

  private final Plan plan;
  private final Sources sources;
  private final Findings findings;
  private final SourceAge age;
  private final boolean isNewTopic;
  private long agreed;

  /**
   * A check of one partition.
   *
   * @param isNewTopic whether offsets of order-inputs may be those of a former topic
   */
  SourceCheck(LedgerFold.World world, boolean isNewTopic) {
    this.isNewTopic = isNewTopic;
    this.plan = world.plan();
    this.sources = world.sources();
    this.findings = world.findings();
    this.age = new SourceAge(world.log());
  }

  /**
   * Judges one input of the range.
   *
   * @param record it was read from
   */
  void check(
      OrderInput input,
      RecordCoordinates at,
      ConsumerRecord<byte[], byte[]> record,
      boolean isDead) {
    if (Sources.isOfIntake(input.source())) {
      meet(input, at, record, isDead);
    } else {
      dueByTheLog(input, at);
    }
  }

  /** Tells what was found the same. */
  void finish() {
    findings.agreed(Topics.ORDER_INPUTS.name(), agreed);
    agreed = 0;
  }

  /** An input outside the range may be made from a source in it. */
  void meetOutside(OrderInput input, ConsumerRecord<byte[], byte[]> record, boolean isDead) {
    if (Sources.isOfIntake(input.source())
        && sources.holds(input.source())
        && met(input, record, isDead) == Sources.Met.SAME) {
      agreed++;
    }
  }

  // Nearly always the stored bytes are those that intake makes, whose hash the reader has checked:
  // then nothing need be written for it again. What its shop was configured to stands in a placing.
  private Sources.Met met(OrderInput input, ConsumerRecord<byte[], byte[]> record, boolean isDead) {
    boolean isAsStored = input.kind() != InputKind.ORDER_PLACED;
    long digest = isAsStored ? Digests.ofPayload(record) : Sources.digest(input);
    Sources.Met met = sources.meet(input.source(), digest, isDead);
    return met == Sources.Met.DIFFERS
            && isAsStored
            && sources.isMadeOf(input.source(), Sources.digest(input))
        ? Sources.Met.SAME
        : met;
  }

  private void meet(
      OrderInput input,
      RecordCoordinates at,
      ConsumerRecord<byte[], byte[]> record,
      boolean isDead) {
    RecordCoordinates source = input.source();
    Sources.Met met = met(input, record, isDead);
    if (met != Sources.Met.SAME && age.isNewer(source, record.timestamp())) {
      recreated(source, at, "and is newer than it");
    } else if (met == Sources.Met.UNKNOWN) {
      unknown(input, at);
    } else if (input.schema() < OrderInput.SCHEMA) {
      findings.untold(Untold.OLDER_SCHEMA, 1, at + " of schema " + input.schema());
    } else if (met == Sources.Met.SAME) {
      String fault = fault(input);
      if (fault == null) {
        agreed++;
      } else {
        differs(DifferenceKind.INPUT_DIFFERS, input, at, fault);
      }
    } else if (met == Sources.Met.AGAIN) {
      differs(DifferenceKind.INPUT_TWICE, input, at, "another input was made from " + source);
    } else {
      differs(DifferenceKind.INPUT_DIFFERS, input, at, "it is not what intake makes of " + source);
    }
  }

  private void unknown(OrderInput input, RecordCoordinates at) {
    RecordCoordinates source = input.source();
    Topic<?> topic = topic(source);
    if (topic == null || !plan.has(topic, source.partition())) {
      differs(DifferenceKind.INPUT_WITHOUT_SOURCE, input, at, "there is no partition " + source);
      return;
    }
    Plan.Part of = plan.part(topic, source.partition());
    if (source.offset() >= of.kept().end()) {
      // What is made of a record comes after it: that the source ends before it means a new topic.
      recreated(source, at, "and its partition ends at " + of.kept().end());
    } else if (source.offset() < of.known()) {
      findings.untold(Untold.SOURCE_EXPIRED, 1, at + " was made from " + source);
    } else if (source.offset() < of.read().to()) {
      differs(
          DifferenceKind.INPUT_WITHOUT_SOURCE,
          input,
          at,
          source + " is nothing that intake lets pass");
    }
  }

  private void recreated(RecordCoordinates source, RecordCoordinates at, String why) {
    findings.untold(Untold.TOPIC_RECREATED, 1, source + " is named by " + at + ", " + why);
  }

  private static @Nullable Topic<?> topic(RecordCoordinates source) {
    for (Topic<?> topic : Plan.SOURCES) {
      if (topic.name().equals(source.topic())) {
        return topic;
      }
    }
    return null;
  }

  // What the command says itself; what its shop was configured to then, nobody knows today.
  private static @Nullable String fault(OrderInput input) {
    OrderCommand command = input.command();
    if (input.kind() != InputKind.ORDER_PLACED || command == null) {
      return null;
    }
    PaymentPolicy policy = command.policyOrDefault();
    List<String> faults = new ArrayList<>();
    if (policy.payWithinSeconds() != null
        && input.payBy() != null
        && !input
            .payBy()
            .equals(
                input
                    .receivedAt()
                    .plusSeconds(policy.payWithinSeconds())
                    .truncatedTo(ChronoUnit.MILLIS))) {
      faults.add("payBy is not payWithinSeconds after receivedAt");
    }
    if (policy.onDeadline() != null && policy.onDeadline() != input.onDeadline()) {
      faults.add("onDeadline is not the command's");
    }
    if (policy.payableAt() != null
        && !policy.payableAt().stream().distinct().sorted().toList().equals(input.payableAt())) {
      faults.add("payableAt is not the command's");
    }
    return faults.isEmpty() ? null : String.join(", ", faults);
  }

  // Nobody but the ledger's clock says it, and what it says follows from an earlier input.
  private void dueByTheLog(OrderInput input, RecordCoordinates at) {
    RecordCoordinates source = input.source();
    boolean isAsking = input.kind() == InputKind.DEADLINE_DUE || input.kind() == InputKind.ASK_DUE;
    boolean isEarlier =
        source.topic().equals(at.topic())
            && source.partition() == at.partition()
            && source.offset() < at.offset();
    if (isAsking && isNewTopic && !isEarlier) {
      recreated(source, at, "and stood in a former topic of that name");
    } else if (!isAsking || !isEarlier) {
      differs(
          DifferenceKind.INPUT_WITHOUT_SOURCE,
          input,
          at,
          "a " + input.kind() + " can't come from " + source);
    } else if (input.payBy() != null && input.receivedAt().isBefore(input.payBy())) {
      differs(
          DifferenceKind.INPUT_DIFFERS,
          input,
          at,
          "it calls " + input.payBy() + " over at " + input.receivedAt());
    } else {
      agreed++;
    }
  }

  private void differs(DifferenceKind kind, OrderInput input, RecordCoordinates at, String detail) {
    findings.add(
        new Difference(kind, Topics.ORDER_INPUTS.name(), input.order().toString(), at, detail));
  }
}
