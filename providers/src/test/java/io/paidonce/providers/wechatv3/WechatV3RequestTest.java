package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.ProviderClient.SubOrder;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.TestKeys;
import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked, and that the platform could verify every byte of it. */
class WechatV3RequestTest {

  private static final RefundRef REFUND = new RefundRef("ORDER-1", "4200001234", "R-1");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "WECHATPAY2-SHA256-RSA2048 mchid=\"([^\"]+)\",nonce_str=\"([A-Za-z0-9]{32})\","
              + "timestamp=\"([0-9]+)\",serial_no=\"([^\"]+)\",signature=\"([^\"]+)\"");

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            (client, ask) -> client.queryOrder("ORDER-1", ask),
            "GET /v3/pay/transactions/out-trade-no/ORDER-1?mchid=1900000001",
            "GET /v3/pay/partner/transactions/out-trade-no/ORDER-1?sp_mchid=1800000001&sub_mchid=1900000001"),
        question(
            (client, ask) -> client.queryOrder("订 单/1?a=b", ask),
            "GET /v3/pay/transactions/out-trade-no/%E8%AE%A2%20%E5%8D%95%2F1%3Fa%3Db?mchid=1900000001",
            "GET /v3/pay/partner/transactions/out-trade-no/%E8%AE%A2%20%E5%8D%95%2F1%3Fa%3Db?sp_mchid=1800000001&sub_mchid=1900000001"),
        question(
            (client, ask) -> client.queryTransaction("4200001234", null, ask),
            "GET /v3/pay/transactions/id/4200001234?mchid=1900000001",
            "GET /v3/pay/partner/transactions/id/4200001234?sp_mchid=1800000001&sub_mchid=1900000001"),
        question(
            (client, ask) -> client.close("ORDER-1", ask),
            "POST /v3/pay/transactions/out-trade-no/ORDER-1/close {\"mchid\":\"1900000001\"}",
            "POST /v3/pay/partner/transactions/out-trade-no/ORDER-1/close {\"sp_mchid\":\"1800000001\",\"sub_mchid\":\"1900000001\"}"),
        question(
            (client, ask) -> client.refund(new RefundOrder(REFUND, 500, 1200, "CNY"), ask),
            "POST /v3/refund/domestic/refunds {\"transaction_id\":\"4200001234\",\"out_refund_no\":\"R-1\",\"amount\":{\"refund\":500,\"total\":1200,\"currency\":\"CNY\"}}",
            "POST /v3/refund/domestic/refunds {\"sub_mchid\":\"1900000001\",\"transaction_id\":\"4200001234\",\"out_refund_no\":\"R-1\",\"amount\":{\"refund\":500,\"total\":1200,\"currency\":\"CNY\"}}"),
        question(
            (client, ask) -> client.queryRefund(REFUND, ask),
            "GET /v3/refund/domestic/refunds/R-1",
            "GET /v3/refund/domestic/refunds/R-1?sub_mchid=1900000001"));
  }

  @Test
  void combinedOrdersAreAskedAboutInTheirMerchantsOwnNameOnly() {
    CombinedOrder combined =
        new CombinedOrder("C-1", "wx1", List.of(new SubOrder("1900000001", "ORDER-1")));
    Ask ask = new Ask("query-1", Callbacks.NOW, 0);
    ProviderClient direct = WechatV3Fixture.client(provider.address());
    direct.queryCombined(combined, ask);
    direct.closeCombined(combined, ask);
    ProviderClient partner =
        WechatV3Fixture.client(WechatV3Fixture.credentials("1800000001", provider.address()));
    assertThatThrownBy(() -> partner.queryCombined(combined, ask))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> partner.closeCombined(combined, ask))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(provider.received())
        .extracting(WechatV3RequestTest::written)
        .containsExactly(
            "GET /v3/combine-transactions/out-trade-no/C-1",
            "POST /v3/combine-transactions/out-trade-no/C-1/close {\"combine_appid\":\"wx1\",\"sub_orders\":[{\"mchid\":\"1900000001\",\"out_trade_no\":\"ORDER-1\"}]}");
  }

  private static Arguments question(
      BiConsumer<ProviderClient, Ask> question, String direct, String partner) {
    return Arguments.of(question, direct, partner);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("questions")
  void eachQuestionIsWrittenAndSigned(
      BiConsumer<ProviderClient, Ask> question, String direct, String partner) {
    question.accept(
        WechatV3Fixture.client(provider.address()), new Ask("query-1", Callbacks.NOW, 0));
    question.accept(
        WechatV3Fixture.client(WechatV3Fixture.credentials("1800000001", provider.address())),
        new Ask("query-2", Callbacks.NOW, 0));
    assertThat(provider.received())
        .extracting(WechatV3RequestTest::written)
        .containsExactly(direct, partner);
    assertThat(signer(provider.received().get(0))).isEqualTo(WechatV3Fixture.MCHID);
    assertThat(signer(provider.received().get(1))).isEqualTo("1800000001");
  }

  @Test
  void noticesOfARefundComeToWhereTheyAreWanted() {
    WechatV3Credentials plain = WechatV3Fixture.credentials(null, provider.address());
    WechatV3Credentials withAddress =
        new WechatV3Credentials(
            plain.protocol(),
            plain.account(),
            null,
            plain.serialNo(),
            plain.privateKey(),
            plain.hosts(),
            "https://pay.example.com/callbacks/wechat-v3/1900000001");
    WechatV3Fixture.client(withAddress)
        .refund(new RefundOrder(REFUND, 500, 1200, "CNY"), new Ask("refund-1", Callbacks.NOW, 0));
    assertThat(provider.received().get(0).text())
        .contains("\"notify_url\":\"https://pay.example.com/callbacks/wechat-v3/1900000001\",");
    assertThat(signer(provider.received().get(0))).isEqualTo(WechatV3Fixture.MCHID);
  }

  @Test
  void theProvidersOwnExampleOfWhatIsSigned() {
    URI uri =
        URI.create(
            "https://api.mch.weixin.qq.com"
                + "/v3/pay/transactions/id/1217752501201407033233368018?mchid=1230000109");
    assertThat(
            RequestSigner.message("GET", uri, "1652750623", "eBYqCOxa0QudMnPvVilkTzOg3gHh5Z3u", ""))
        .isEqualTo(
            """
            GET
            /v3/pay/transactions/id/1217752501201407033233368018?mchid=1230000109
            1652750623
            eBYqCOxa0QudMnPvVilkTzOg3gHh5Z3u

            """);
  }

  @Test
  void theAnswerIsWantedWithThePublicKeyWhereThereIsOne() {
    WechatV3Fixture.client(provider.address())
        .queryOrder("ORDER-1", new Ask("query-1", Callbacks.NOW, 0));
    assertThat(provider.received().get(0).headers())
        .containsEntry("wechatpay-serial", WechatV3Fixture.PUBLIC_KEY_ID)
        .containsEntry("accept", "application/json");
  }

  @Test
  void theAttemptChoosesTheHost() {
    try (PlayedProvider second = new PlayedProvider()) {
      ProviderClient client =
          WechatV3Fixture.client(
              WechatV3Fixture.credentials(null, provider.address(), second.address()));
      assertThat(client.hosts()).isEqualTo(2);
      for (int host = 0; host < 3; host++) {
        client.queryOrder("ORDER-1", new Ask("query-1", Callbacks.NOW, host));
      }
      assertThat(provider.received()).hasSize(2);
      assertThat(second.received()).hasSize(1);
    }
  }

  @Test
  void noNonceIsUsedTwice() {
    ProviderClient client = WechatV3Fixture.client(provider.address());
    provider.answers(Sent.unsigned(500, ""));
    client.queryOrder("ORDER-1", new Ask("query-1", Callbacks.NOW, 0));
    client.queryOrder("ORDER-1", new Ask("query-1", Callbacks.NOW, 0));
    assertThat(provider.received())
        .extracting(received -> received.headers().get("authorization"))
        .doesNotHaveDuplicates();
  }

  private static String written(Received received) {
    String line = received.method() + " " + received.target();
    return received.body().length() == 0 ? line : line + " " + received.text();
  }

  /** Who signed, once the signature is found good by the platform's own rule. */
  private static String signer(Received received) {
    Matcher fields = AUTHORIZATION.matcher(received.headers().get("authorization"));
    assertThat(fields.matches()).isTrue();
    assertThat(fields.group(3)).isEqualTo(Long.toString(Callbacks.NOW.getEpochSecond()));
    assertThat(fields.group(4)).isEqualTo(WechatV3Fixture.MERCHANT_SERIAL);
    String message =
        String.join(
            "\n",
            received.method(),
            received.target(),
            fields.group(3),
            fields.group(2),
            received.text(),
            "");
    assertThat(
            RsaSignature.verifies(
                TestKeys.MERCHANT.getPublic(), fields.group(5), message.getBytes(UTF_8)))
        .isTrue();
    return fields.group(1);
  }
}
