package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrderKeyTest {

  @Test
  void anOrderNumberMayHoldColons() {
    OrderKey key = OrderKey.parse("s1:2026:01:31-7");
    assertThat(key).isEqualTo(new OrderKey("s1", "2026:01:31-7"));
    assertThat(OrderKey.parse(key.toString())).isEqualTo(key);
  }

  @Test
  void aShopMayNot() {
    assertThatThrownBy(() -> new OrderKey("s:1", "o")).hasMessageContaining("colon");
  }

  @Test
  void blankAndOverlongPartsAreRefusedByName() {
    assertThatThrownBy(() -> new OrderKey("s1", " ")).hasMessageContaining("orderNo");
    assertThatThrownBy(() -> new OrderKey("", "o")).hasMessageContaining("shop");
    assertThatThrownBy(() -> new OrderKey("s1", "o".repeat(129)))
        .hasMessageContaining("orderNo has 129 characters, at most 128");
    assertThatThrownBy(() -> new OrderKey("s1", "o\u0000"))
        .hasMessageContaining("orderNo must not hold control characters");
    assertThatThrownBy(() -> OrderKey.parse("no colon")).hasMessageContaining("shop:order_no");
  }
}
