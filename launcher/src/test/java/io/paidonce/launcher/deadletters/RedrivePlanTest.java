package io.paidonce.launcher.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.projector.deadletters.RedrivePlan;
import io.paidonce.projector.deadletters.StoredLetter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedrivePlanTest {

  @ParameterizedTest
  @EnumSource(DeadLetterReason.class)
  void whatCanNeverBeProcessedIsRefusedWithWhatToDoInstead(DeadLetterReason reason) {
    RedrivePlan plan = Letters.plan(Letters.of(reason));
    assertThat(plan.letters()).hasSize(reason.isMendable() ? 1 : 0);
    if (!reason.isMendable()) {
      assertThat(plan.refused())
          .singleElement()
          .asString()
          .startsWith("3:17: ")
          .contains(reason.suggestedAction());
    }
  }

  @Test
  void whatWasDrivenAgainIsRefusedUnlessAskedFor() {
    StoredLetter letter = Letters.redriven(1, Map.of());
    assertThat(Letters.plan(letter).refused()).singleElement().asString().contains("--again");
    assertThat(RedrivePlan.of(List.of(letter), true).letters()).containsExactly(letter);
  }

  @Test
  void whatHasNoWayBackIsRefused() {
    assertThat(Letters.plan(Letters.holding(null)).refused())
        .singleElement()
        .asString()
        .contains("no value");
    assertThat(
            Letters.plan(
                    Letters.stored(
                        DeadLetterReason.PROCESSING_FAILED, null, "k", "{}", 0, Map.of()))
                .refused())
        .singleElement()
        .asString()
        .contains("by HTTP to /callbacks/alipay/2021");
    assertThat(
            Letters.plan(
                    Letters.stored(
                        DeadLetterReason.UNREADABLE_RECORD,
                        new RecordCoordinates("order-paid", 0, 1),
                        "k",
                        "{}",
                        0,
                        Map.of()))
                .refused())
        .singleElement()
        .asString()
        .contains("streams does not read order-paid");
  }

  @Test
  void timesAreCountedAlongTheChain() {
    assertThat(Letters.redriven(0, Map.of()).times()).isZero();
    assertThat(Letters.redriven(2, Map.of()).times()).isEqualTo(2);
    Map<String, String> failedTwice = Map.of(DeadLetterRedrive.HEADER_TIMES, "2");
    assertThat(Letters.redriven(1, failedTwice).times()).isEqualTo(3);
    assertThat(Letters.redriven(1, Map.of(DeadLetterRedrive.HEADER_TIMES, "x")).times())
        .isEqualTo(1);
  }
}
