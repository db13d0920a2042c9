package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountLimitTest {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));
  private final AccountLimit limit = new AccountLimit(time, 2, asked -> Fault.of(Fault.Kind.RESET));

  private Fault.Kind asked(String account) {
    return limit.next(new Asked("wechat-v3", account, Asked.Kind.QUERY, "ORDER-1")).kind();
  }

  @Test
  void whoAsksTooOftenIsThrottledAndNobodyElse() {
    assertThat(asked("A")).isEqualTo(Fault.Kind.RESET);
    assertThat(asked("A")).isEqualTo(Fault.Kind.RESET);
    assertThat(asked("A")).isEqualTo(Fault.Kind.THROTTLED);
    assertThat(asked("B")).isEqualTo(Fault.Kind.RESET);
  }

  @Test
  void inAnyOneSecond() {
    time.advance(Duration.ofMillis(900));
    asked("A");
    time.advance(Duration.ofMillis(200));
    asked("A");

    assertThat(asked("A")).isEqualTo(Fault.Kind.THROTTLED);
    time.advance(Duration.ofSeconds(1));
    assertThat(asked("A")).isEqualTo(Fault.Kind.RESET);
  }
}
