package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "2, CNY, 200",
    "2.0, CNY, 200",
    "2.00, CNY, 200",
    "0.01, CNY, 1",
    "0, CNY, 0",
    "-1.50, CNY, -150",
    "007.10, CNY, 710",
    "500, JPY, 500",
    "1.234, KWD, 1234",
    "2.000, CNY, 200",
    "92233720368547758.07, CNY, 9223372036854775807"
  })
  void majorUnitsAreReadExactly(String text, String currency, long minor) {
    assertThat(Money.parseMajor(text, currency)).isEqualTo(Money.of(minor, currency));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1e2",
        "+1",
        ".5",
        "1.",
        "1,00",
        "0x10",
        "NaN",
        "--1",
        "1.005",
        " 1",
        "1 ",
        "٣",
        "92233720368547758.08",
        "1234567890123456789012345"
      })
  void whatIsNoExactAmountIsRefused(String text) {
    assertThatThrownBy(() -> Money.parseMajor(text, "CNY"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("amount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cny", "RMB", "XXX", "¥"})
  void whatIsNoCurrencyIsRefused(String currency) {
    assertThatThrownBy(() -> Money.of(1, currency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ISO 4217");
  }

  @Test
  void majorUnitsAreWrittenWithTheCurrencysDecimals() {
    assertThat(Money.of(5, "CNY").major()).isEqualTo("0.05");
    assertThat(Money.of(500, "JPY").major()).isEqualTo("500");
  }

  @Test
  void aLongTextIsNotRepeatedWholeAndControlsAreMasked() {
    assertThatThrownBy(() -> Money.parseMajor("1\n2" + "x".repeat(100), "CNY"))
        .hasMessageContaining("\"1?2")
        .hasMessageContaining("…");
  }
}
