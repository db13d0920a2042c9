package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.SignedCallback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that would have their receiver fetch something, or unfold into more than they are. A
 * server of the attacker listens on this machine: nobody comes.
 */
class NothingIsFetchedTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final String FIELDS =
      "<return_code>SUCCESS</return_code><mch_id>1900000001</mch_id><total_fee>1</total_fee>";

  private Door door;
  private ServerSocket attackers;

  @BeforeEach
  void open() throws IOException {
    door = Door.ofProviders(Clock.fixed(RunningGateway.NOW, java.time.ZoneOffset.UTC));
    attackers = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    attackers.close();
    door.close();
  }

  private String url() {
    return "http://127.0.0.1:" + attackers.getLocalPort() + "/evil";
  }

  private void assertNobodyCame() throws IOException {
    // Whatever fetches does so before its answer; what came waits in the backlog.
    attackers.setSoTimeout(50);
    try (java.net.Socket visitor = attackers.accept()) {
      throw new AssertionError("fetched by " + visitor);
    } catch (SocketTimeoutException nobody) {
      // As it should be.
    }
  }

  @Test
  void noDocumentTypeIsReadNoEntityUnfoldedAndNothingFetched() throws IOException {
    List<String> documents = new ArrayList<>();
    String billion =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
            .collect(Collectors.joining());
    documents.add("<!DOCTYPE xml [<!ENTITY l0 \"ha\">" + billion + "]><xml><a>&l10;</a></xml>");
    documents.add(
        "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml>" + FIELDS + "&e;</xml>");
    documents.add(
        "<!DOCTYPE xml [<!ENTITY e SYSTEM \"" + url() + "\">]><xml><mch_id>&e;</mch_id></xml>");
    documents.add("<!DOCTYPE xml SYSTEM \"" + url() + "\"><xml>" + FIELDS + "</xml>");
    documents.add("<!DOCTYPE xml PUBLIC \"-//x\" \"" + url() + "\"><xml>" + FIELDS + "</xml>");
    documents.add(
        "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"" + url() + "\"> %p;]><xml>" + FIELDS + "</xml>");
    documents.add(
        "<!DOCTYPE xml [<!ENTITY % a \"<!ENTITY e SYSTEM '" + url() + "'>\"> %a;]><xml>&e;</xml>");
    documents.add("<!DOCTYPE xml [<!ATTLIST xml a CDATA \"x\">]><xml>" + FIELDS + "</xml>");
    documents.add(
        "<xml xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\""
            + url()
            + "\"/></xml>");
    documents.add(
        "<?xml-stylesheet type=\"text/xsl\" href=\"" + url() + "\"?><xml>" + FIELDS + "</xml>");
    documents.add(
        "<xml xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:noNamespaceSchemaLocation=\""
            + url()
            + "\">"
            + FIELDS
            + "</xml>");
    documents.add("<xml>" + "<a>".repeat(10_000) + "</xml>");
    documents.add("<xml>&undeclared;</xml>");
    List<String> all = new ArrayList<>(documents);
    for (String document : documents.subList(0, 8)) {
      // The refusal must not hang on how its bytes spell it.
      all.add("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + document);
      all.add(new String(document.getBytes(UTF_16), ISO_8859_1));
      all.add(new String(document.getBytes(UTF_16LE), ISO_8859_1));
      all.add("\u00ef\u00bb\u00bf" + document);
      all.add(document.replace("<!DOCTYPE", "<!-- x --><!DOCTYPE"));
    }
    for (String document : all) {
      long began = System.nanoTime();
      Refused.assertRefused(
          door,
          Shops.WECHAT_V2,
          RawHttp.exchange(
              door.port, RawHttp.post(Shops.WECHAT_V2, "Content-Type: text/xml\r\n", document)),
          document);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    }
    assertNobodyCame();
  }

  /** A message that says where its own key is to be found says nothing. */
  @Test
  void noAddressInARequestIsEverFetched() throws IOException {
    List<String> addresses =
        List.of(
            url(),
            url().replace("127.0.0.1", "api.mch.weixin.qq.com@127.0.0.1"),
            url().replace("127.0.0.1", "localhost"),
            url() + "?https://api.mch.weixin.qq.com/cert.pem",
            url() + "#.amazonaws.com/SimpleNotificationService.pem",
            "http://169.254.169.254/latest/meta-data/");
    for (GoodRequest good : GoodRequest.all()) {
      for (String address : addresses) {
        SignedCallback claiming = good.callback();
        for (String header :
            List.of(
                "Paypal-Cert-Url",
                "X-Amz-Sns-Signing-Cert-Url",
                "Wechatpay-Cert-Url",
                "Link",
                "X-Certificate-Url",
                "Referer",
                "Origin")) {
          claiming = Shops.with(claiming, header, address);
        }
        String body = new String(claiming.body().bytes(), ISO_8859_1);
        Map<String, String> more =
            Map.of(
                "wechat-v3", "{\"SigningCertURL\":\"" + address + "\",",
                "hmac", "{\"SigningCertURL\":\"" + address + "\",",
                "wechat-v2", "<xml><cert_url>" + address + "</cert_url>",
                "alipay", "alipay_cert_url=" + address.replace("&", "%26") + "&");
        String prefix = more.getOrDefault(good.protocol(), "");
        String claimed =
            good.protocol().equals("alipay")
                ? prefix + body
                : body.replaceFirst(
                    "^(\\{|<xml>)", java.util.regex.Matcher.quoteReplacement(prefix));
        assertThat(claimed).isNotEqualTo(body);
        Refused.assertRefused(
            door,
            good.path(),
            RawHttp.exchange(
                door.port,
                RawHttp.post(good.path(), Shops.headerLines(claiming.headers()), claimed)),
            address);
      }
      assertThat(good.callback().headers()).doesNotContainKey(CallbackRequest.QUERY);
    }
    // An unknown serial is where a library would go and fetch.
    for (int i = 0; i < 50; i++) {
      String serial = Integer.toHexString(0x5157F09 + i).toUpperCase(java.util.Locale.ROOT);
      SignedCallback unknown =
          Shops.wechatSignerWithKeyId(serial)
              .payment(Shops.notice(RunningGateway.NOW), RunningGateway.NOW);
      Refused.assertRefused(door, Shops.WECHAT_A, door.send(Shops.WECHAT_A, unknown), serial);
    }
    assertNobodyCame();
  }
}
