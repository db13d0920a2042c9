package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.Secret;
import io.paidonce.providers.TestKeys;
import java.net.URLDecoder;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked, and that Alipay could verify every parameter of it. */
class AlipayRequestTest {

  private static final RefundRef REFUND = new RefundRef("ORDER-1", "2026013122001", "R-1");

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            (client, ask) -> client.queryOrder("订单 1+&=%", ask),
            "alipay.trade.query",
            "{\"out_trade_no\":\"订单 1+&=%\"}"),
        question(
            (client, ask) -> client.queryTransaction("2026013122001", "ORDER-1", ask),
            "alipay.trade.query",
            "{\"trade_no\":\"2026013122001\"}"),
        question(
            (client, ask) -> client.close("ORDER-1", ask),
            "alipay.trade.close",
            "{\"out_trade_no\":\"ORDER-1\"}"),
        question(
            (client, ask) -> client.refund(new RefundOrder(REFUND, 5, 1200, "CNY"), ask),
            "alipay.trade.refund",
            "{\"trade_no\":\"2026013122001\",\"out_request_no\":\"R-1\",\"refund_amount\":\"0.05\"}"),
        question(
            (client, ask) -> client.queryRefund(REFUND, ask),
            "alipay.trade.fastpay.refund.query",
            "{\"trade_no\":\"2026013122001\",\"out_request_no\":\"R-1\","
                + "\"query_options\":[\"gmt_refund_pay\"]}"));
  }

  private static Arguments question(
      BiConsumer<ProviderClient, Ask> question, String method, String content) {
    return Arguments.of(question, method, content);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("questions")
  void eachQuestionIsWrittenAndSigned(
      BiConsumer<ProviderClient, Ask> question, String method, String content) {
    question.accept(AlipayFixture.client(provider.address()), new Ask("query-1", Callbacks.NOW, 0));
    Received received = provider.received().get(0);
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.target()).startsWith("/gateway.do?");
    SortedMap<String, String> parameters = parameters(received);
    String sign = parameters.remove("sign");
    assertThat(parameters)
        .containsEntry("app_id", AlipayFixture.APP_ID)
        .containsEntry("method", method)
        .containsEntry("charset", "utf-8")
        .containsEntry("sign_type", "RSA2")
        .containsEntry("timestamp", "2026-01-31 20:00:00")
        .containsEntry("version", "1.0")
        .containsEntry("biz_content", content)
        .hasSize(8);
    String signed =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&"));
    assertThat(RsaSignature.verifies(TestKeys.MERCHANT.getPublic(), sign, signed.getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void whatIsWrongWithCredentialsIsReportedTogether() {
    Problems problems = Problems.none();
    AlipayCredentials wrong =
        new AlipayCredentials(
            AlipayProtocol.ID,
            "2021000000000002",
            Secret.of(KeyText.publicKeyBase64(TestKeys.MERCHANT.getPublic())),
            List.of("http://openapi.alipay.com"));
    assertThat(
            new AlipayApi()
                .open(
                    AlipayFixture.config(),
                    wrong,
                    PlayedProvider.transport(Callbacks.NOW),
                    new Random(7),
                    problems))
        .isEmpty();
    assertThat(problems.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("account: "))
        .anyMatch(line -> line.startsWith("privateKey: "))
        .anyMatch(line -> line.startsWith("hosts[0]: "));
    assertThat(new AlipayCredentials(null, null, null, null).hosts())
        .containsExactly("https://openapi.alipay.com");
  }

  private static SortedMap<String, String> parameters(Received received) {
    String query = received.target().substring(received.target().indexOf('?') + 1);
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : (query + "&" + received.text()).split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return parameters;
  }
}
