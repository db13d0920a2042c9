package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which orders may be said to be paid together, and where that may be said. */
class CombinationTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final ProviderAccount WECHAT = new ProviderAccount("wechat", "1900000001");
  private static final Combination BOTH = of("o2", "o1");

  @Test
  void whichIsListedFirstMakesNoDifference() {
    assertThat(BOTH).isEqualTo(of("o1", "o2"));
    assertThat(BOTH.pays("o1")).isTrue();
    assertThat(BOTH.pays("o3")).isFalse();
  }

  @Test
  void noneTwiceNoneAtAllAndTooManyAreRefused() {
    assertThatThrownBy(() -> of("o1", "o1")).hasMessage("orders names o1 twice");
    assertThatThrownBy(() -> of()).hasMessageContaining("1 to 50 orders: 0");
    String[] tooMany = IntStream.range(0, 51).mapToObj(i -> "o" + i).toArray(String[]::new);
    assertThatThrownBy(() -> of(tooMany)).hasMessageContaining("1 to 50 orders: 51");
  }

  @Test
  void anOrderIsPaidTogetherWithItself() {
    PaymentPolicy together = PaymentPolicy.DEFAULT.combinedAs(BOTH);
    assertThat(place("o1", together).policyOrDefault().combinedAt(WECHAT)).isEqualTo(BOTH);
    assertThatThrownBy(() -> place("o3", together))
        .hasMessage("policy.combined.orders must name the order itself: o3");
  }

  @Test
  void whereItIsPaidTogetherItIsPayable() {
    PaymentPolicy together = PaymentPolicy.DEFAULT.combinedAs(BOTH);
    ProviderAccount other = new ProviderAccount("alipay", "2021000000000001");
    assertThat(together.combinedAt(other)).isNull();
    assertThat(together.payableAt(List.of(other, WECHAT)).combined()).isEqualTo(BOTH);
    assertThatThrownBy(() -> together.payableAt(List.of(other)))
        .hasMessage("payableAt must name wechat:1900000001, where combined says it can be paid");
  }

  @Test
  void aRequestCarriesItWithAQuestionAboutItsOwnOrderOnly() {
    assertThat(request(RequestKind.QUERY, "o1").combined()).isEqualTo(BOTH);
    assertThat(request(RequestKind.CLOSE, "o2").combined()).isEqualTo(BOTH);
    assertThatThrownBy(() -> request(RequestKind.QUERY, "o3")).hasMessageContaining("name o3");
    assertThatThrownBy(() -> request(RequestKind.QUERY_REFUND, "o1"))
        .hasMessageContaining("only QUERY and CLOSE carry combined");
  }

  private static Combination of(String... orders) {
    return new Combination(
        WECHAT, "C1", "wx1", List.of(orders).stream().map(no -> new SubOrder("m1", no)).toList());
  }

  private static OrderCommand place(String orderNo, PaymentPolicy policy) {
    return OrderCommand.place(
        new OrderKey("s1", orderNo), Money.of(100, "CNY"), policy, "c1", "shop", NOW);
  }

  private static ProviderRequest request(RequestKind kind, String orderNo) {
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        "q1",
        kind,
        "s1",
        orderNo,
        WECHAT.provider(),
        WECHAT.account(),
        "t1",
        "r1",
        null,
        null,
        null,
        BOTH,
        "closing",
        1,
        1,
        NOW,
        NOW);
  }
}
