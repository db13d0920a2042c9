package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BodyVariantsTest {

  @Test
  void whiteSpaceGoesOutsideOfStringsOnly() {
    assertThat(JsonText.compact("{ \"a b\" : \"c \\\" d\" ,\n\t\"e\" : [ 1 , 2 ] }"))
        .isEqualTo("{\"a b\":\"c \\\" d\",\"e\":[1,2]}");
    assertThat(JsonText.compact("\"a\\\\\" : 1")).isEqualTo("\"a\\\\\":1");
    assertThat(JsonText.compact("\"never ended  ")).isEqualTo("\"never ended  ");
  }

  @Test
  void slashesAreEscapedOnce() {
    assertThat(JsonText.withEscapedSlashes("a/b\\/c")).isEqualTo("a\\/b\\/c");
  }

  @Test
  void noVariantIsTheBodyItselfOrTriedTwice() {
    for (String body : List.of("", "{}", "a=1&b=+", "{\"a\" : \"x/y\"}\r\n", "支付", "\n\n")) {
      List<BodyVariants.Variant> variants = BodyVariants.of(body.getBytes(UTF_8));
      assertThat(variants)
          .extracting(BodyVariants.Variant::body)
          .doesNotHaveDuplicates()
          .doesNotContain(io.paidonce.contract.RawBytes.of(body.getBytes(UTF_8)));
      assertThat(variants.size()).isLessThan(16);
    }
  }
}
