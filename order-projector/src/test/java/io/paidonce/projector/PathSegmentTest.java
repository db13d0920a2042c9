package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {

  @Test
  void textIsDecodedAsUtf8AndAPlusStaysOne() {
    assertThat(PathSegment.decode("a+b-|*_:%2F%3f")).isEqualTo(Optional.of("a+b-|*_:/?"));
    assertThat(PathSegment.decode("%E8%AE%A2%e5%8d%95")).isEqualTo(Optional.of("订单"));
  }

  @Test
  void unescapedUtf8BytesAreReadToo() {
    assertThat(PathSegment.decode("\u00e8\u00ae\u00a2")).isEqualTo(Optional.of("订"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%C3", "%ff", "a%00b", "订"})
  void whatIsNoUtf8IsRefused(String raw) {
    assertThat(PathSegment.decode(raw)).isEmpty();
  }
}
