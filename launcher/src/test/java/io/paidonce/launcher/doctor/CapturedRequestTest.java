package io.paidonce.launcher.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.RawBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapturedRequestTest {

  private static final String HEAD =
      "POST /callbacks/alipay/1?x=y HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n";

  private static CapturedRequest parsed(String file) {
    return CapturedRequest.parse(file.getBytes(UTF_8));
  }

  @Test
  void theBodyIsEveryByteAfterTheEmptyLine() {
    CapturedRequest captured = parsed(HEAD + "x-a: 2\r\n\r\n{\"a\":\n\n1}\r\n");
    assertThat(captured.path()).isEqualTo("/callbacks/alipay/1?x=y");
    assertThat(captured.headers().get("x-a")).containsExactly("1", "2");
    assertThat(captured.body()).isEqualTo(RawBytes.of("{\"a\":\n\n1}\r\n".getBytes(UTF_8)));
    assertThat(captured.notes()).isEmpty();
  }

  @Test
  void lineEndsOfUnixWillDo() {
    CapturedRequest captured = parsed(HEAD.replace("\r\n", "\n") + "\n{\r\n\r\n}");
    assertThat(captured.body()).isEqualTo(RawBytes.of("{\r\n\r\n}".getBytes(UTF_8)));
  }

  @Test
  void whatAnEditorAddedIsCutAndSaid() {
    CapturedRequest captured = parsed(HEAD + "Content-Length: 2\r\n\r\n{}\n");
    assertThat(captured.body()).isEqualTo(RawBytes.of("{}".getBytes(UTF_8)));
    assertThat(captured.notes())
        .containsExactly("the body has 3 bytes, but Content-Length is 2; only so many are judged");
    assertThat(parsed(HEAD + "Content-Length: 9\r\n\r\n{}").notes())
        .containsExactly("the body has 2 bytes, but Content-Length is 9: some are missing");
  }

  @Test
  void whatMayMisleadIsSaid() {
    assertThat(parsed(HEAD.replace("POST", "GET") + "Transfer-Encoding: chunked\r\n\r\n").notes())
        .hasSize(2);
  }

  @Test
  void whatIsNoRequestIsRefusedWithWhatItLacks() {
    assertThatThrownBy(() -> parsed("POST /a HTTP/1.1\r\nA: b")).hasMessageContaining("empty line");
    assertThatThrownBy(() -> parsed("{}\r\n\r\n")).hasMessageContaining("request line");
    assertThatThrownBy(() -> parsed("\r\n\r\n")).hasMessageContaining("request line");
    assertThatThrownBy(() -> parsed("POST /a HTTP/1.1\r\nnonsense\r\n\r\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> CapturedRequest.parse(new byte[(4 << 20) + 1]))
        .hasMessageContaining("at most");
    assertThat(List.of("", "\n\n", "x", "POST\n\n"))
        .allSatisfy(
            file ->
                assertThatThrownBy(() -> parsed(file))
                    .isInstanceOf(IllegalArgumentException.class));
  }
}
