package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final TopicPartition P0 = new TopicPartition("provider-requests", 0);
  private static final TopicPartition P1 = new TopicPartition("provider-requests", 1);

  private final Progress progress = new Progress();

  private Map<TopicPartition, Long> commit() {
    return progress.commit(Set.of(P0, P1));
  }

  @Test
  void nothingIsCommittedBehindTheFirstThatIsNotStored() {
    for (long offset = 5; offset < 9; offset++) {
      progress.read(P0, offset);
    }
    progress.done(P0, 6);
    progress.done(P0, 8);
    assertThat(commit()).isEmpty();
    progress.done(P0, 5);
    assertThat(commit()).containsExactly(Map.entry(P0, 7L));
    progress.done(P0, 7);
    assertThat(commit()).containsExactly(Map.entry(P0, 9L));
    assertThat(commit()).isEmpty();
  }

  @Test
  void whateverTheOrderAllIsCommittedInTheEndAndNothingBefore() {
    for (long seed = 1; seed <= 20; seed++) {
      Progress any = new Progress();
      TreeSet<Long> open = new TreeSet<>();
      for (long offset = 0; offset < 50; offset++) {
        // A transaction's marker takes an offset that is never read.
        if (offset % 7 != 6) {
          any.read(P0, offset);
          open.add(offset);
        }
      }
      List<Long> order = new ArrayList<>(open);
      Collections.shuffle(order, new Random(seed));
      for (long offset : order) {
        any.done(P0, offset);
        open.remove(offset);
        any.notCommitted();
        long expected = open.isEmpty() ? 50 : open.first();
        assertThat(any.commit(Set.of(P0))).as("seed %d", seed).containsEntry(P0, expected);
      }
    }
  }

  @Test
  void aCommitThatFailedIsSaidAgain() {
    progress.read(P0, 5);
    progress.done(P0, 5);
    assertThat(commit()).containsExactly(Map.entry(P0, 6L));
    progress.notCommitted();
    assertThat(commit()).containsExactly(Map.entry(P0, 6L));
  }

  @Test
  void aPartitionThatIsLostIsForgotten() {
    progress.read(P0, 5);
    progress.read(P1, 3);
    progress.lost(P0);
    progress.done(P0, 5);
    progress.done(P1, 3);
    assertThat(commit()).containsExactly(Map.entry(P1, 4L));
  }

  @Test
  void onlyWhatIsAskedForIsCommitted() {
    progress.read(P0, 5);
    progress.read(P1, 3);
    progress.done(P0, 5);
    progress.done(P1, 3);
    assertThat(progress.commit(Set.of(P1))).containsExactly(Map.entry(P1, 4L));
  }
}
