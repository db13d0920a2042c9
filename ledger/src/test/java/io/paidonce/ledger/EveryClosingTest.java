package io.paidonce.ledger;

import static io.paidonce.ledger.ProviderWorld.Provider.ABSENT;
import static io.paidonce.ledger.ProviderWorld.Provider.CLOSED;
import static io.paidonce.ledger.ProviderWorld.Provider.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The race of payment, deadline, cancel and the providers' answers, in every interleaving; the
 * promises stand in {@link ProviderWorld}.
 */
class EveryClosingTest {

  private static final OrderInput ONE = placed("alipay:a1");
  private static final OrderInput TWO = placed("alipay:a1", "wechat:a1");

  private static OrderInput placed(String... accounts) {
    return Inputs.place(
        "c1", PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.PROVIDER), accounts);
  }

  @Test
  void oneAccount() {
    ProviderWorld.Seen seen = new ProviderWorld.Seen();
    ProviderWorld.of(ONE, List.of(OPEN), new ProviderWorld.Left(3, 2, true, true)).explore(seen);
    assertThat(seen.states).hasSizeGreaterThan(1_000);
    assertThat(seen.ends).contains("PAID [PAID]", "CANCELLED [CLOSED]");
    assertThat(seen.ends).noneMatch(end -> end.startsWith("CANCELLED") && end.contains("PAID"));
  }

  @Test
  void oneAccountWhereNobodyEverBeganToPay() {
    ProviderWorld.Seen seen = new ProviderWorld.Seen();
    ProviderWorld.of(ONE, List.of(ABSENT), new ProviderWorld.Left(3, 2, true, true)).explore(seen);
    assertThat(seen.ends).contains("CANCELLED [ABSENT]");
  }

  @Test
  void twoAccounts() {
    ProviderWorld.Seen seen = new ProviderWorld.Seen();
    ProviderWorld.of(TWO, List.of(OPEN, OPEN), new ProviderWorld.Left(1, 1, true, false))
        .explore(seen);
    ProviderWorld.of(TWO, List.of(OPEN, CLOSED), new ProviderWorld.Left(1, 0, true, true))
        .explore(seen);
    assertThat(seen.states).hasSizeGreaterThan(10_000);
    assertThat(seen.ends)
        .contains("PAID [PAID, PAID]", "PAID [PAID, CLOSED]", "CANCELLED [CLOSED, CLOSED]");
  }
}
