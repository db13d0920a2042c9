package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A callback that somebody captured and sends again. Where the provider signs a fresh time it is
 * refused after minutes. Where it signs none it is taken, and is byte for byte the fact that intake
 * and ledger have already: that is what makes it harmless.
 */
class ReplayedCallbacksTest {

  // Alipay and WeChat Pay v2 sign the same bytes for each of their own retries, over a day.
  private static final Set<String> WITHOUT_A_FRESH_TIME = Set.of("alipay", "wechat-v2");

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1), Duration.ofMinutes(6), Duration.ofHours(25), Duration.ofDays(40));

  static Stream<GoodRequest> goodOnes() {
    return GoodRequest.all().stream();
  }

  @ParameterizedTest
  @MethodSource("goodOnes")
  void aCapturedCallbackIsRefusedInTimeOrTellsTheSameFactAgain(GoodRequest good) {
    SteppedClock clock = new SteppedClock(NOW);
    try (Door door = Door.ofProviders(clock)) {
      assertThat(door.send(good.path(), good.callback()).status()).isEqualTo(200);
      List<PaymentNotification> first = door.notifications();
      assertThat(first).isNotEmpty();
      int told = 1;
      for (Duration step : STEPS) {
        clock.forward(step);
        boolean taken =
            WITHOUT_A_FRESH_TIME.contains(good.protocol()) || (told == 1 && isShort(step));
        RawHttp.Answer answer = door.send(good.path(), good.callback());
        assertThat(answer.status()).as("after " + step).isEqualTo(taken ? 200 : 401);
        told += taken ? 1 : 0;
        assertThat(door.notifications()).hasSize(first.size() * told);
      }
      for (int i = 0; i < door.notifications().size(); i++) {
        assertSameFact(door.notifications().get(i), first.get(i % first.size()));
      }
      assertThat(door.deadLetters()).isZero();
    }
  }

  private static boolean isShort(Duration step) {
    return step.compareTo(Duration.ofMinutes(5)) < 0;
  }

  private static void assertSameFact(PaymentNotification again, PaymentNotification first) {
    assertThat(again.key()).isEqualTo(first.key());
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("deliveryId", "(.*\\.)?receivedAt")
        .isEqualTo(first);
  }
}
