package io.paidonce.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PhaseTest {

  @ParameterizedTest
  @EnumSource
  void anOrdersKeyLeadsBackToItsNumberInItsOwnPhaseOnly(Phase phase) {
    byte[] key = new OrderKey(Merchant.SHOP, phase.orderNo(1_234_567)).toString().getBytes(UTF_8);
    for (Phase other : Phase.values()) {
      assertThat(other.numberOf(key)).isEqualTo(other == phase ? 1_234_567 : -1);
    }
    assertThat(phase.transactionId(1_234_567)).hasSize(28).containsOnlyDigits();
  }
}
