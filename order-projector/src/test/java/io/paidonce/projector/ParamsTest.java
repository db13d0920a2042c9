package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.paidonce.contract.OrderStatus;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind the question mark. */
class ParamsTest {

  private static final Set<String> KNOWN = Set.of("id", "limit", "from", "status");

  @Test
  void aValueIsDecodedAndAPlusStaysOne() {
    assertThat(Params.of("id=a+b%26c%3D%E8%AE%A2", KNOWN).required("id", 20)).isEqualTo("a+b&c=订");
    assertThat(Params.of(null, KNOWN).text("id", 20)).isEmpty();
    assertThat(Params.of("", KNOWN).number("limit", 1, 10, 5)).isEqualTo(5);
    assertThat(Params.of("limit=10", KNOWN).number("limit", 1, 10, 5)).isEqualTo(10);
    assertThat(Params.of("status=PAID", KNOWN).oneOf("status", OrderStatus.class))
        .contains(OrderStatus.PAID);
  }

  @ParameterizedTest
  @CsvSource({
    "x=1, query",
    "id, id",
    "id=, id",
    "id=%ff, id",
    "id=a%00, id",
    "id=1&id=2, id",
    "ID=1, query",
  })
  void whatCannotBeReadIsRefusedAndNamed(String query, String field) {
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(() -> Params.of(query, KNOWN))
        .satisfies(e -> assertThat(e.problem().field()).isEqualTo(field))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0",
    "limit=11",
    "limit=-1",
    "limit=1e3",
    "limit=99999999999999999999",
    "limit=1;DROP",
    "from=yesterday",
    "from=2026-13-01T00:00:00Z",
    "status=paid",
    "status=%27%20OR%201=1",
  })
  void aValueOutOfItsRangeIsRefusedWithTheRange(String query) {
    Params params = Params.of(query, KNOWN);
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(
            () -> {
              params.number("limit", 1, 10, 5);
              params.instant("from");
              params.oneOf("status", OrderStatus.class);
            })
        .satisfies(e -> assertThat(e.problem().field()).isEqualTo(query.split("=", -1)[0]))
        .satisfies(e -> assertThat(e.problem().hint()).isNotBlank());
  }

  @Test
  void tooLongAndTooManyAreRefused() {
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(() -> Params.of("id=" + "x".repeat(3000), KNOWN));
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(() -> Params.of("id=1" + "&limit=1".repeat(1000), KNOWN));
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(() -> Params.of("id=12345", KNOWN).required("id", 4));
    assertThatExceptionOfType(BadQuestionException.class)
        .isThrownBy(() -> Params.of("limit=1", KNOWN).required("id", 4));
  }
}
