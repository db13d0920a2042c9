package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PseudonymsTest {

  private final Pseudonyms names = new Pseudonyms("sixteen bytes...".getBytes(UTF_8));

  @Test
  void anIdMadeOfOthersIsStillMadeOfThem() {
    String shop = names.id("tea");
    String order = names.id("20260131-77");
    String account = names.id("1900000001");
    assertThat(names.id("close/tea:20260131-77/wechat:1900000001"))
        .isEqualTo("close/" + shop + ":" + order + "/wechat:" + account);
    assertThat(names.id("observed:close/tea:20260131-77/wechat:1900000001:12"))
        .isEqualTo("observed:close/" + shop + ":" + order + "/wechat:" + account + ":12");
    assertThat(names.id("LATE_PAYMENT/tea:20260131-77/x@order-inputs-3@4711"))
        .startsWith("LATE_PAYMENT/" + shop + ":" + order + "/")
        .contains("@order-inputs-3@")
        .doesNotContain("4711");
    assertThat(names.id("deadline:tea:20260131-77:2026-01-31T00:05:00.123Z"))
        .isEqualTo("deadline:" + shop + ":" + order + ":2026-01-31T00:05:00.123Z");
  }

  @Test
  void namesFitWhereIdsFitAndTellNothing() {
    assertThat(names.id("tea")).matches("[a-z2-7]{12}").isEqualTo(names.id("tea"));
    assertThat(names.id("TEA")).isNotEqualTo(names.id("tea"));
    assertThat(names.text("Ms Li, 13800138000: wants it back")).matches("[a-z2-7]{12}");
  }

  @Test
  void aShortKeyCanBeGuessed() {
    assertThatThrownBy(() -> new Pseudonyms(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 bytes; at least 16");
  }
}
