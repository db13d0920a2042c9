package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked, and that WeChat Pay could verify every field of it. */
class WechatV2RequestTest {

  private static final RefundRef REFUND = new RefundRef("ORDER-1", "4200001234", "R-1");
  private static final Ask ASK = new Ask("query-1", Callbacks.NOW, 0);

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            client -> client.queryOrder("订单 ]]>&1", ASK),
            "/pay/orderquery",
            Map.of("out_trade_no", "订单 ]]>&1")),
        question(
            client -> client.queryTransaction("4200001234", "ORDER-1", ASK),
            "/pay/orderquery",
            Map.of("transaction_id", "4200001234")),
        question(
            client -> client.close("ORDER-1", ASK),
            "/pay/closeorder",
            Map.of("out_trade_no", "ORDER-1")),
        question(
            client -> client.queryRefund(REFUND, ASK),
            "/pay/refundquery",
            Map.of("out_refund_no", "R-1")));
  }

  private static Arguments question(
      Consumer<ProviderClient> question, String path, Map<String, String> asked) {
    return Arguments.of(question, path, asked);
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("questions")
  void eachQuestionIsWrittenAndSigned(
      Consumer<ProviderClient> question, String path, Map<String, String> asked) throws Exception {
    BiConsumer<String, Map<String, String>> expect =
        (signType, common) -> {
          Map<String, String> expected = new TreeMap<>(asked);
          expected.putAll(common);
          expected.put("appid", WechatV2Fixture.APPID);
          expected.put("sign_type", signType);
          Received received = provider.received().get(provider.received().size() - 1);
          assertThat(received.method()).isEqualTo("POST");
          assertThat(received.target()).isEqualTo(path);
          assertThat(received.headers().get("content-type")).startsWith("text/xml");
          Map<String, String> fields = fields(received);
          assertThat(fields.remove("sign"))
              .isEqualTo(new WechatV2Signer(WechatV2Fixture.API_KEY, signType).sign(fields));
          assertThat(fields.remove("nonce_str")).matches("[A-Za-z0-9]{32}");
          assertThat(fields).isEqualTo(expected);
        };
    question.accept(WechatV2Fixture.client(provider.address()));
    expect.accept("HMAC-SHA256", Map.of("mch_id", WechatV2Fixture.MCHID));

    WechatV2Config old = WechatV2Fixture.config(List.of("MD5"), List.of());
    question.accept(
        WechatV2Fixture.client(old, WechatV2Fixture.credentials("1900000099", provider.address())));
    expect.accept("MD5", Map.of("mch_id", "1900000099", "sub_mch_id", WechatV2Fixture.MCHID));
  }

  @Test
  void noNonceIsUsedTwice() throws Exception {
    ProviderClient client = WechatV2Fixture.client(provider.address());
    client.queryOrder("ORDER-1", ASK);
    client.queryOrder("ORDER-1", ASK);
    Set<String> nonces = new HashSet<>();
    for (Received received : provider.received()) {
      nonces.add(fields(received).get("nonce_str"));
    }
    assertThat(nonces).hasSize(2);
  }

  @Test
  void aRefundIsRefusedInClearWordsAndNeverSent() {
    ProviderClient client = WechatV2Fixture.client(provider.address());
    assertThat(client.refund(new RefundOrder(REFUND, 500, 1200, "CNY"), ASK))
        .isEqualTo(
            new Outcome.Refused(
                Refusal.NOT_PERMITTED, false, 0, "REFUND_NEEDS_CLIENT_CERTIFICATE"));
    assertThatThrownBy(() -> client.queryCombined(new CombinedOrder("C-1", "wx1", List.of()), ASK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aNumberThatXmlCanNotHoldIsRefusedAndNeverSent() {
    ProviderClient client = WechatV2Fixture.client(provider.address());
    for (String number : List.of("ORDER\uD800", "ORDER\uFFFF", "ORDER\r1", "\0")) {
      assertThat(client.queryOrder(number, ASK))
          .isEqualTo(new Outcome.Refused(Refusal.OTHER, false, 0, "NOT_WRITABLE_AS_XML"));
    }
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void theOtherHostIsAskedWhereItIsSaid() {
    try (PlayedProvider other = new PlayedProvider()) {
      ProviderClient client =
          WechatV2Fixture.client(
              WechatV2Fixture.config(),
              WechatV2Fixture.credentials(null, provider.address(), other.address()));
      assertThat(client.hosts()).isEqualTo(2);
      client.queryOrder("ORDER-1", new Ask("query-1", Callbacks.NOW, 3));
      assertThat(provider.received()).isEmpty();
      assertThat(other.received()).hasSize(1);
    }
  }

  private static Map<String, String> fields(Received received) {
    try {
      return new TreeMap<>(XmlFields.parse(received.text().getBytes(UTF_8), "xml").byName());
    } catch (MalformedXmlException e) {
      throw new AssertionError(e);
    }
  }
}
