package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MarkTest {

  private static Mark of(long next, Long... open) {
    return Mark.of(new TreeSet<>(List.of(open)), next);
  }

  @Test
  void itSaysWhatIsOpenBehindTheOffset() {
    Mark mark = of(50, 10L, 13L, 49L);
    assertThat(mark.offset()).isEqualTo(10);
    assertThat(mark.text()).isEqualTo("open1 14 3 13");
    for (long record = 10; record < 60; record++) {
      assertThat(mark.isDone(record))
          .as("record %d", record)
          .isEqualTo(record != 10 && record != 13 && record < 49);
    }
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    for (Mark mark :
        List.of(of(50, 10L, 13L, 49L), of(11, 10L), of(50), of(1L << 40, 3L, 1L << 39))) {
      assertThat(Mark.parse(mark.offset(), mark.text())).isEqualTo(mark);
    }
  }

  @Test
  void withoutATextThatCanBeReadNothingIsDone() {
    for (String text : new String[] {null, "", "open1", "open1 x?", "open1 5 ?", "other 5 1"}) {
      Mark mark = Mark.parse(7, text);
      assertThat(mark.offset()).isEqualTo(7);
      for (long record = 7; record < 20; record++) {
        assertThat(mark.isDone(record)).as("'%s', record %d", text, record).isFalse();
      }
    }
  }

  @Test
  void aListTooLongForABrokerIsCutWhereNothingIsLost() {
    TreeSet<Long> open = new TreeSet<>();
    for (long record = 0; record < 10_000; record += 3) {
      open.add(record);
    }
    Mark mark = Mark.of(open, 10_000);
    assertThat(mark.text().length()).isBetween(2_500, 3_000);
    assertThat(Mark.parse(0, mark.text())).isEqualTo(mark);
    assertThat(open).noneMatch(mark::isDone);
    assertThat(mark.isDone(1)).isTrue();
    assertThat(mark.isDone(9_998)).isFalse();
  }
}
