package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests about whose end a proxy and a server may disagree, each with a second request behind it
 * that only one of the two would see. Who can't tell where a request ends answers once and hangs
 * up: what stands behind is nobody's request.
 */
class SmuggledRequestsTest {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");
  private static final String HEAD = "POST " + Door.PATH + " HTTP/1.1\r\nHost: h\r\n";
  private static final String HIDDEN = RawHttp.post(Door.PATH, "", "hidden");
  private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";

  private Door door;

  @BeforeEach
  void open() {
    door = Door.open();
  }

  @AfterEach
  void close() {
    door.close();
  }

  /** One framing that has two readings. */
  record Framing(String told, String request) {
    @Override
    public String toString() {
      return told;
    }
  }

  static Stream<Framing> framings() {
    List<Framing> all = new ArrayList<>();
    for (String coding :
        List.of(
            "chunked, identity",
            "identity",
            "identity, chunked",
            "gzip, chunked",
            "chunked, chunked",
            "xchunked",
            "chunkedx",
            "\"chunked\"",
            "chunked;q=1",
            "\u000bchunked",
            "chunked\u000b",
            "\u0000chunked",
            "")) {
      all.add(framing("coding " + coding, "Transfer-Encoding: " + coding + "\r\n", CHUNKS));
    }
    String chunked = "Transfer-Encoding: chunked\r\n";
    all.add(framing("length and coding", "Content-Length: 4\r\n" + chunked, CHUNKS));
    all.add(framing("coding and length", chunked + "Content-Length: 4\r\n", CHUNKS));
    all.add(framing("coding twice", chunked + "Transfer-Encoding: identity\r\n", CHUNKS));
    all.add(framing("blank before the colon", "Transfer-Encoding : chunked\r\n", CHUNKS));
    all.add(framing("folded coding", "Transfer-Encoding:\r\n chunked\r\n", CHUNKS));
    all.add(framing("behind a bare CR", "X: y\rTransfer-Encoding: chunked\r\n", CHUNKS));
    all.add(framing("behind a bare LF", "X: y\nTransfer-Encoding: chunked\r\n", CHUNKS));
    all.add(framing("a NUL in a name", "Transfer\u0000-Encoding: chunked\r\n", CHUNKS));
    all.add(framing("two lengths", "Content-Length: 5\r\nContent-Length: 0\r\n", "hello"));
    for (String length : List.of("5, 0", "5 0", "+5", "-5", "0x5", "5,", "5.0", "1e1", "\u000b5")) {
      all.add(framing("length " + length, "Content-Length: " + length + "\r\n", "hello"));
    }
    all.add(framing("blank before the length's colon", "Content-Length : 5\r\n", "hello"));
    for (String chunk :
        List.of(
            "-5\r\nhello\r\n",
            "+5\r\nhello\r\n",
            "0x5\r\nhello\r\n",
            "5 5\r\nhello\r\n",
            "FFFFFFFFFFFFFFFF5\r\nhello\r\n",
            "100000005\r\nhello\r\n",
            "zz\r\nhello\r\n",
            "\r\nhello\r\n",
            "5\nhello\n",
            "5;a\nb\r\nhello\r\n",
            "5\r\nhelloXX",
            "5\r\nhello\n",
            "5\rhello\r")) {
      all.add(framing("chunk " + printable(chunk), chunked, chunk + "0\r\n\r\n"));
    }
    all.add(
        new Framing(
            "lines that end in LF alone",
            (HEAD + "Content-Length: 5\r\n\r\n").replace("\r\n", "\n") + "hello" + HIDDEN));
    all.add(
        new Framing(
            "chunks to HTTP/1.0",
            HEAD.replace("HTTP/1.1", "HTTP/1.0") + chunked + "\r\n" + CHUNKS + HIDDEN));
    return all.stream();
  }

  private static Framing framing(String told, String lines, String body) {
    return new Framing(told, HEAD + lines + "\r\n" + body + HIDDEN);
  }

  private static String printable(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  @ParameterizedTest
  @MethodSource("framings")
  void nothingBehindAnAmbiguousRequestIsARequest(Framing framing) {
    try (RawHttp http = RawHttp.connect(door.port)) {
      String answers = http.sendInVain(framing.request().getBytes(ISO_8859_1)).finish();
      List<Integer> statuses = new ArrayList<>();
      Matcher status = STATUS.matcher(answers);
      while (status.find()) {
        statuses.add(Integer.parseInt(status.group(1)));
      }
      assertThat(statuses).as(answers).hasSizeLessThanOrEqualTo(1);
      assertThat(statuses).allSatisfy(s -> assertThat(s).isBetween(400, 501));
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void whatIsFramedOneWayOnlyIsSeenTogetherWithWhatFollows() {
    for (String good :
        List.of(
            HEAD + "Content-Length: 5\r\n\r\nhello",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS,
            HEAD
                + "Transfer-Encoding: Chunked\r\n\r\n"
                + "5;ext=1\r\n"
                + "hello\r\n"
                + "0\r\n"
                + "Trailer: x\r\n\r\n")) {
      try (RawHttp http = RawHttp.connect(door.port)) {
        http.send(good + HIDDEN);
        assertThat(http.answer().status()).as(good).isEqualTo(200);
        assertThat(http.answer().status()).as(good).isEqualTo(200);
      }
    }
  }
}
