package io.paidonce.reconciler.diff;

import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Folds traffic through this build and another one, and compares their histories. */
public final class BuildDiff {

  private BuildDiff() {}

  /**
   * Runs one.
   *
   * @param other is closed at the end
   * @param tally is told how far it is
   * @throws UntellableException if the traffic can't be read, or the other build does not answer
   */
  public static DiffReport run(Traffic traffic, Build other, Tally tally) {
    long began = System.nanoTime();
    Comparison comparison = new Comparison(Integer.MAX_VALUE);
    try (SideBySide builds = new SideBySide(other, comparison::count)) {
      tally.step("folding");
      Map<String, Long> notes =
          traffic.each(
              new Traffic.Sink() {
                @Override
                public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
                  builds.take(record, isCompared);
                  if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
                    tally.input();
                  } else {
                    tally.notification();
                  }
                }

                @Override
                public void end(TopicPartition partition) {
                  builds.forget(partition, null);
                }
              },
              tally);
      builds.finish();
      return comparison.report((System.nanoTime() - began) / 1_000_000, notes);
    }
  }
}
