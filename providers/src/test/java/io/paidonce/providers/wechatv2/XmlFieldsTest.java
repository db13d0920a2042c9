package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.paidonce.contract.Rejection;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XML as the provider writes it is read; what XML can do beyond that is not done. */
class XmlFieldsTest {

  @Test
  void oneLevelOfFieldsIsRead() throws Exception {
    assertThat(
            parse(
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<xml>\n  <a>1</a>\r\n"
                        + "<b><![CDATA[x & y]]></b><c> 两 &lt;&amp;&#65; </c><d></d><e/>"
                        + "<f>1<![CDATA[2]]>3<![CDATA[]]]]><![CDATA[>]]></f></xml>\n")
                .byName())
        .isEqualTo(Map.of("a", "1", "b", "x & y", "c", " 两 <&A ", "d", "", "e", "", "f", "123]]>"));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Map<String, String> fields =
        Map.of("a", "]]>", "b", "<![CDATA[x]]>", "c", "&lt;\t\n中😀", "d", "", "e", " ");
    assertThat(parse(XmlFields.written("xml", fields)).byName()).isEqualTo(new TreeMap<>(fields));
    assertThat(XmlFields.written("xml", Map.of("a", "]]>")))
        .isEqualTo("<xml><a><![CDATA[]]]]><![CDATA[>]]></a></xml>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0", "a\r\n", "\u007F", "\uFFFF", "\uD800"})
  void whatXmlWouldChangeOrNotHoldIsNotWritten(String value) {
    assertThatThrownBy(() -> XmlFields.written("xml", Map.of("a", value)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> XmlFields.written("xml", Map.of("a b", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Arguments> hostile() {
    String bomb =
        "<!DOCTYPE xml [<!ENTITY a0 \"boom\">"
            + Stream.iterate(1, i -> i + 1)
                .limit(30)
                .map(i -> "<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">")
                .reduce("", String::concat)
            + "]><xml><a>&a30;</a></xml>";
    return Stream.of(
        Arguments.of("a bomb of entities", bomb),
        Arguments.of("a bomb that is not set off", bomb.replace("&a30;", "1")),
        Arguments.of(
            "a file",
            "<!DOCTYPE xml [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><a>&f;</a></xml>"),
        Arguments.of(
            "a document type elsewhere",
            "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\"><xml><a>1</a></xml>"),
        Arguments.of(
            "a parameter entity",
            "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x\">%p;]><xml><a>1</a></xml>"),
        Arguments.of("an empty document type", "<!DOCTYPE xml><xml><a>1</a></xml>"),
        Arguments.of("an entity of nobody", "<xml><a>&nobody;</a></xml>"),
        Arguments.of(
            "an inclusion",
            "<xml><a><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"x\"/></a></xml>"),
        Arguments.of("a comment in a value", "<xml><a>1<!-- -->2</a></xml>"),
        Arguments.of("a comment between", "<xml><!-- --><a>1</a></xml>"),
        Arguments.of("a comment before", "<!-- --><xml><a>1</a></xml>"),
        Arguments.of("a comment behind", "<xml><a>1</a></xml><!-- -->"),
        Arguments.of("an instruction", "<xml><a>1<?x y?></a></xml>"),
        Arguments.of("an instruction before", "<?x y?><xml><a>1</a></xml>"),
        Arguments.of("an attribute", "<xml><a b=\"1\">1</a></xml>"),
        Arguments.of("an attribute of the root", "<xml b=\"1\"><a>1</a></xml>"),
        Arguments.of("a namespace", "<xml xmlns=\"x\"><a>1</a></xml>"),
        Arguments.of("a prefix", "<xml><x:a>1</x:a></xml>"),
        Arguments.of("two levels", "<xml><a><b>1</b></a></xml>"),
        Arguments.of("deep levels", "<xml>" + "<a>".repeat(9000)),
        Arguments.of("text between", "<xml><a>1</a>x</xml>"),
        Arguments.of("another root", "<root><a>1</a></root>"),
        Arguments.of("another case", "<XML><a>1</a></XML>"),
        Arguments.of("two roots", "<xml><a>1</a></xml><xml><a>2</a></xml>"),
        Arguments.of("text behind", "<xml><a>1</a></xml>x"),
        Arguments.of("cut", "<xml><a>1</a>"),
        Arguments.of("a byte order mark", "\uFEFF<xml><a>1</a></xml>"),
        Arguments.of("another version", "<?xml version=\"1.1\"?><xml><a>&#1;</a></xml>"),
        Arguments.of(
            "another encoding declared",
            "<?xml version=\"1.0\" encoding=\"GBK\"?><xml><a>1</a></xml>"),
        Arguments.of("a long name", "<xml><" + "a".repeat(65) + "/></xml>"),
        Arguments.of("a name outside ASCII", "<xml><名>1</名></xml>"),
        Arguments.of("NUL", "<xml><a>\0</a></xml>"),
        Arguments.of("an escaped NUL", "<xml><a>&#0;</a></xml>"),
        Arguments.of(
            "many fields",
            "<xml>"
                + Stream.iterate(0, i -> i + 1)
                    .limit(501)
                    .map(i -> "<f" + i + "/>")
                    .reduce("", String::concat)
                + "</xml>"),
        Arguments.of("a long text", "<xml><a>" + "x".repeat(1 << 16) + "</a></xml>"),
        Arguments.of("JSON", "{\"return_code\":\"SUCCESS\"}"),
        Arguments.of("a page", "<html><body>welcome to this hotel</body></html>"),
        Arguments.of("nothing", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void whatNoMessageDoesIsRefused(String name, String xml) {
    MalformedXmlException refused =
        Assertions.assertThatExceptionOfType(MalformedXmlException.class)
            .isThrownBy(() -> parse(xml))
            .actual();
    assertThat(refused.refused().rejection()).as(name).isEqualTo(Rejection.MALFORMED_REQUEST);
    assertThat(refused.explanation()).doesNotContain("passwd", "boom", "hotel");
  }

  @Test
  void aBombCostsNothing() {
    String bomb = (String) hostile().findFirst().orElseThrow().get()[1];
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThatThrownBy(() -> parse(bomb)).isInstanceOf(MalformedXmlException.class));
  }

  @Test
  void twoFieldsOfOneNameAreRefused() {
    for (String xml :
        new String[] {
          "<xml><total_fee>1</total_fee><total_fee>9</total_fee></xml>",
          "<xml><total_fee>1</total_fee><a/><total_fee>1</total_fee></xml>",
          "<xml><sign>1</sign><sign></sign></xml>"
        }) {
      MalformedXmlException refused =
          catchThrowableOfType(MalformedXmlException.class, () -> parse(xml));
      assertThat(refused.refused().rejection()).isEqualTo(Rejection.REPEATED_SIGNATURE_FIELD);
    }
  }

  @Test
  void onlyUtf8IsText() {
    for (Charset other : new Charset[] {Charset.forName("GBK"), UTF_16}) {
      byte[] body = "<xml><attach>中文</attach></xml>".getBytes(other);
      assertThatThrownBy(() -> XmlFields.parse(body, "xml"))
          .isInstanceOf(MalformedXmlException.class);
    }
  }

  @Test
  void theLimitsAreInclusive() throws Exception {
    String start = "<xml><" + "a".repeat(64) + ">";
    String end = "</" + "a".repeat(64) + "></xml>";
    String whole = start + "x".repeat(XmlFields.MAX_BYTES - start.length() - end.length()) + end;
    assertThat(parse(whole).byName()).hasSize(1);
    assertThatThrownBy(() -> parse(whole + "\n")).isInstanceOf(MalformedXmlException.class);
  }

  private static XmlFields parse(String xml) throws MalformedXmlException {
    return XmlFields.parse(xml.getBytes(UTF_8), "xml");
  }
}
