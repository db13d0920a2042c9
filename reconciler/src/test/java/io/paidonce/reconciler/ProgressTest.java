package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

  private Map<TopicPartition, Mark> take() {
    return progress.take(Set.of(P0, P1));
  }

  private static Mark mark(long next, Long... open) {
    return Mark.of(new TreeSet<>(List.of(open)), next);
  }

  @Test
  void nothingIsCommittedBehindTheFirstThatIsNotStored() {
    for (long offset = 5; offset < 9; offset++) {
      progress.read(P0, offset);
    }
    progress.done(P0, 6);
    progress.done(P0, 8);
    assertThat(take()).containsExactly(Map.entry(P0, mark(9, 5L, 7L)));
    progress.done(P0, 5);
    assertThat(take()).containsExactly(Map.entry(P0, mark(9, 7L)));
    progress.done(P0, 7);
    assertThat(take()).containsExactly(Map.entry(P0, mark(9)));
    assertThat(take()).isEmpty();
  }

  @Test
  void whereverItEndsTheNextOneReadsExactlyWhatIsOpen() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      TreeSet<Long> left = new TreeSet<>();
      for (long offset = 0; offset < 200; offset++) {
        // A transaction's marker takes an offset that is never read.
        if (offset % 7 != 6) {
          left.add(offset);
        }
      }
      List<Long> records = new ArrayList<>(left);
      Mark committed = null;
      for (int run = 0; run < 6; run++) {
        Progress one = new Progress();
        if (committed != null) {
          one.resume(P0, Mark.parse(committed.offset(), committed.text()));
        }
        long from = committed == null ? 0 : committed.offset();
        int reads = run == 5 ? 200 : random.nextInt(120);
        List<Long> open = new ArrayList<>();
        for (long offset : records.stream().filter(r -> r >= from).limit(reads).toList()) {
          assertThat(one.read(P0, offset))
              .as("seed %d, run %d, offset %d", seed, run, offset)
              .isEqualTo(left.contains(offset));
          if (left.contains(offset)) {
            open.add(offset);
          }
        }
        for (long offset : open) {
          if (run == 5 || random.nextInt(3) > 0) {
            one.done(P0, offset);
            left.remove(offset);
          }
        }
        committed = one.take(Set.of(P0)).getOrDefault(P0, committed);
      }
      assertThat(left).as("seed %d", seed).isEmpty();
      assertThat(committed).as("seed %d", seed).isEqualTo(mark(200));
    }
  }

  @Test
  void aCommitThatFailedIsSaidAgain() {
    progress.read(P0, 5);
    progress.done(P0, 5);
    assertThat(take()).containsExactly(Map.entry(P0, mark(6)));
    progress.notCommitted();
    assertThat(take()).containsExactly(Map.entry(P0, mark(6)));
  }

  @Test
  void aPartitionThatIsLostIsForgotten() {
    progress.read(P0, 5);
    progress.read(P1, 3);
    progress.lost(P0);
    progress.done(P0, 5);
    progress.done(P1, 3);
    assertThat(take()).containsExactly(Map.entry(P1, mark(4)));
  }

  @Test
  void onlyWhatIsAskedForIsTaken() {
    progress.read(P0, 5);
    progress.read(P1, 3);
    assertThat(progress.take(Set.of(P1))).containsOnlyKeys(P1);
  }

  @Test
  void whatWasCommittedIsNotCommittedAgain() {
    progress.resume(P0, mark(20, 5L, 9L));
    progress.resume(P1, mark(7));
    assertThat(take()).isEmpty();
  }
}
