package io.paidonce.reconciler.replay;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What intake lets pass at the end of a range stands behind it in order-inputs, and at the end of
 * the log it is perhaps still to come. Read on until nothing is missed, or patience ends; then what
 * is missed is judged.
 */
final class Edges {

  private final LedgerFold.World world;
  private final List<Integer> partitions;
  private final SourceCheck check;
  private final PartitionVerdicts verdicts;
  private final Written inputs;
  private final Written cases;

  Edges(LedgerFold.World world, List<Integer> partitions) {
    this.world = world;
    this.partitions = partitions;
    this.check = new SourceCheck(world, false);
    this.verdicts = new PartitionVerdicts(world, new OrderStates());
    this.inputs = written(Topics.ORDER_INPUTS);
    this.cases = written(Topics.PAYMENT_EXCEPTIONS);
  }

  private Written written(Topic<?> topic) {
    List<TopicPartition> sources = new ArrayList<>();
    Plan.SOURCES.forEach(one -> sources.addAll(Plan.partitions(world.log(), one)));
    return new Written(
        world.log(),
        sources,
        partitions.stream().map(one -> new TopicPartition(topic.name(), one)).toList());
  }

  void judge() {
    readOn(Topics.ORDER_INPUTS, this::meet, this::isNoInputMissed, inputs);
    check.finish();
    readOn(
        Topics.PAYMENT_EXCEPTIONS,
        (record, at) -> verdicts.isOfIntake(record),
        this::isNoCaseMissed,
        cases);
    judgeSources();
    judgeCases();
  }

  // What is sure to be missing is not waited for.
  private boolean isNoInputMissed() {
    AtomicBoolean isMissed = new AtomicBoolean();
    world
        .sources()
        .unmet(
            world.plan(),
            (partition, offset, optional) -> {
              if (!optional && !inputs.covers(partition, offset)) {
                isMissed.set(true);
              }
            });
    return !isMissed.get();
  }

  private boolean isNoCaseMissed() {
    return world.sources().unclaimed().values().stream()
        .flatMap(List::stream)
        .noneMatch(one -> one.by().phase() == Phase.WITHIN && !cases.covers(one.by().at()));
  }

  private void meet(ConsumerRecord<byte[], byte[]> record, RecordCoordinates at) {
    OrderInput input = world.range().takes(record.key()) ? Replay.input(record) : null;
    if (input != null) {
      check.meetOutside(input, record, world.dead().holds(at));
    }
  }

  private void readOn(
      Topic<?> topic,
      BiConsumer<ConsumerRecord<byte[], byte[]>, RecordCoordinates> each,
      BooleanSupplier isDone,
      Written written) {
    if (isDone.getAsBoolean()) {
      return;
    }
    Map<TopicPartition, Span> spans = new HashMap<>();
    for (int partition : partitions) {
      TopicPartition one = new TopicPartition(topic.name(), partition);
      Plan.Part part = world.plan().part(one);
      long from =
          topic.equals(Topics.ORDER_INPUTS)
              ? part.read().to()
              : Math.min(part.to(), part.read().to());
      spans.put(one, new Span(from, Math.max(from, part.kept().end())));
    }
    try (Feed feed = world.log().open(spans)) {
      do {
        for (TopicPartition one : spans.keySet()) {
          ConsumerRecord<byte[], byte[]> record;
          while ((record = feed.next(one)) != null) {
            each.accept(record, Matcher.at(record));
          }
        }
        written.notice(feed::readUpTo, world.sources()::metUpTo);
      } while (!isDone.getAsBoolean()
          && world
              .patience()
              .retry(
                  () -> extend(feed, spans),
                  () -> {
                    written.notice(feed::readUpTo, world.sources()::metUpTo);
                    return isDone.getAsBoolean();
                  }));
    }
  }

  private static boolean extend(Feed feed, Map<TopicPartition, Span> spans) {
    boolean isMore = false;
    for (TopicPartition one : spans.keySet()) {
      isMore |= feed.extend(one);
    }
    return isMore;
  }

  private void judgeSources() {
    world
        .sources()
        .unmet(
            world.plan(),
            (partition, offset, optional) -> {
              RecordCoordinates at =
                  new RecordCoordinates(partition.topic(), partition.partition(), offset);
              if (optional) {
                world.findings().untold(Untold.MEMORY_UNKNOWN, 1, at.toString());
              } else if (inputs.covers(at)) {
                world
                    .findings()
                    .add(
                        new Difference(
                            DifferenceKind.INPUT_MISSING,
                            Topics.ORDER_INPUTS.name(),
                            null,
                            at,
                            "no input was made from it"));
              } else {
                world.findings().untold(Untold.NOT_YET_PROCESSED, 1, at.toString());
              }
            });
  }

  private void judgeCases() {
    world
        .sources()
        .unclaimed()
        .forEach(
            (id, each) -> {
              for (Sources.Opened one : each) {
                if (one.by().phase() != Phase.WITHIN) {
                  continue;
                }
                if (!cases.covers(one.by().at())) {
                  world.findings().untold(Untold.NOT_YET_PROCESSED, 1, id);
                } else {
                  world
                      .findings()
                      .add(
                          new Difference(
                              DifferenceKind.RECORD_MISSING,
                              Topics.PAYMENT_EXCEPTIONS.name(),
                              one.by().order(),
                              one.by().at(),
                              "no record " + id));
                }
              }
            });
  }
}
