package io.paidonce.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TransactionIdsTest {

  private static final TransactionIds IDS = new TransactionIds(7);

  @Test
  void eachNumberHasAnIdOfItsOwnOf28Digits() {
    List<String> ids =
        LongStream.concat(
                LongStream.range(0, 10_000), LongStream.range(1L << 32, (1L << 32) + 10_000))
            .mapToObj(IDS::of)
            .toList();
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("\\d{28}"));
  }

  @Test
  void neighboursLieFarApart() {
    List<String> ids = LongStream.range(0, 1_000).mapToObj(IDS::of).toList();
    assertThat(ids.stream().map(id -> id.substring(0, 11)).distinct().count()).isGreaterThan(150);
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(new TransactionIds(7).of(3)).isEqualTo(IDS.of(3));
    assertThat(new TransactionIds(8).of(3)).isNotEqualTo(IDS.of(3));
  }
}
