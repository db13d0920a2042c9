package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Secret;
import io.paidonce.simulator.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WeChat Pay v2 by hand: XML in, XML out, checked with the documents' own signatures. */
class WechatV2DeskTest {

  private static final Secret KEY = Secret.of("an-api-v2-key-of-32-characters-1");

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));
  private final ScriptedFaults faults = new ScriptedFaults();
  private final TradeBook book = PlayedAccounts.book(Dialect.WECHAT_V3, time);
  private final ProviderDesk desk =
      new ProviderDesk(time, faults)
          .admit(new WechatV2Merchant(PlayedAccounts.MCHID, PlayedAccounts.APPID, KEY, book));

  private static SortedMap<String, String> request(String... namesAndValues) {
    SortedMap<String, String> fields =
        new TreeMap<>(
            Map.of(
                "appid", PlayedAccounts.APPID,
                "mch_id", PlayedAccounts.MCHID,
                "nonce_str", "5K8264ILTKCH16CQ"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    fields.put("sign", WechatV2Fields.signature(fields, KEY));
    return fields;
  }

  private SortedMap<String, String> answer(String path, Map<String, String> fields) {
    Reaction reaction =
        desk.react(
            new ApiCall("POST", path, Map.of(), RawBytes.of(WechatV2Fields.written(fields))));
    assertThat(reaction.answer()).isNotNull();
    assertThat(reaction.answer().status()).isEqualTo(200);
    return WechatV2Fields.read(reaction.answer().body().bytes());
  }

  private static void assertSigned(SortedMap<String, String> answer) {
    assertThat(answer.get("sign")).isEqualTo(WechatV2Fields.signature(answer, KEY));
    assertThat(answer).containsEntry("mch_id", PlayedAccounts.MCHID);
  }

  /** The numbers of the official page on signing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "9A0A8659F005D6984697E2CA0A9CF3B7",
        "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"
      })
  void itSignsAsTheDocumentsDo(String expected) {
    SortedMap<String, String> fields =
        new TreeMap<>(
            Map.of(
                "appid", "wxd930ea5d5a258f4f",
                "body", "test",
                "device_info", "1000",
                "mch_id", "10000100",
                "nonce_str", "ibuaiVcKdpRxkhJA"));
    Secret key = Secret.of("192006250b4c09247ec02edce69f6a2d");

    // That page names no sign_type among the fields that it signs.
    assertThat(
            expected.length() == 32
                ? WechatV2Fields.signature(fields, key)
                : WechatV2Fields.hmac(fields, key))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HMAC-SHA256"})
  void anOrderThroughItsLife(String signType) {
    SortedMap<String, String> query = request("out_trade_no", "ORDER-1", "sign_type", signType);
    assertThat(answer("/pay/orderquery", query)).containsEntry("err_code", "ORDERNOTEXIST");
    book.open("ORDER-1", 1200);
    assertThat(answer("/pay/orderquery", query)).containsEntry("trade_state", "NOTPAY");
    Trade trade = book.pay("ORDER-1").get();

    SortedMap<String, String> told = answer("/pay/orderquery", query);

    assertSigned(told);
    assertThat(told)
        .containsEntry("trade_state", "SUCCESS")
        .containsEntry("transaction_id", trade.transactionId())
        .containsEntry("out_trade_no", "ORDER-1")
        .containsEntry("total_fee", "1200")
        .containsEntry("time_end", "20260131200000");
    assertThat(answer("/pay/orderquery", request("transaction_id", trade.transactionId())))
        .containsEntry("out_trade_no", "ORDER-1");
  }

  @Test
  void closing() {
    book.open("ORDER-1", 1200);
    book.open("ORDER-2", 1200);
    book.pay("ORDER-2");
    SortedMap<String, String> close = request("out_trade_no", "ORDER-1");

    SortedMap<String, String> closed = answer("/pay/closeorder", close);
    assertSigned(closed);
    assertThat(closed).containsEntry("result_code", "SUCCESS");
    assertThat(answer("/pay/closeorder", close)).containsEntry("err_code", "ORDERCLOSED");
    assertThat(answer("/pay/orderquery", close)).containsEntry("trade_state", "CLOSED");
    assertThat(answer("/pay/closeorder", request("out_trade_no", "ORDER-2")))
        .containsEntry("err_code", "ORDERPAID");
  }

  @Test
  void refunds() {
    SortedMap<String, String> query = request("out_refund_no", "R-1");
    assertThat(answer("/pay/refundquery", query)).containsEntry("err_code", "REFUNDNOTEXIST");
    book.open("ORDER-1", 1200);
    book.pay("ORDER-1");
    book.refund("ORDER-1", "R-1", 500);
    assertThat(answer("/pay/refundquery", query)).containsEntry("refund_status_0", "PROCESSING");
    book.settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED);

    SortedMap<String, String> told = answer("/pay/refundquery", query);

    assertSigned(told);
    assertThat(told)
        .containsEntry("refund_status_0", "SUCCESS")
        .containsEntry("refund_fee_0", "500")
        .containsEntry("total_fee", "1200")
        .containsEntry("refund_success_time_0", "2026-01-31 20:00:00");
  }

  @Test
  void whoDoesNotSignRightlyIsNotUnderstood() {
    book.open("ORDER-1", 1200);
    SortedMap<String, String> changed = request("out_trade_no", "ORDER-2");
    changed.put("out_trade_no", "ORDER-1");
    SortedMap<String, String> otherAlgorithm = request("out_trade_no", "ORDER-1");
    otherAlgorithm.put("sign_type", "HMAC-SHA256");

    assertThat(answer("/pay/closeorder", changed)).containsEntry("return_code", "FAIL");
    assertThat(answer("/pay/closeorder", otherAlgorithm)).containsEntry("return_code", "FAIL");
    assertThat(answer("/pay/closeorder", Map.of())).containsEntry("return_code", "FAIL");
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().state()).isEqualTo(Trade.State.UNPAID);
  }

  @Test
  void faults() {
    book.open("ORDER-1", 1200);
    faults.on(
        Asked.Kind.QUERY,
        "ORDER-1",
        Fault.of(Fault.Kind.BAD_SIGNATURE),
        Fault.of(Fault.Kind.UNSIGNED),
        Fault.of(Fault.Kind.ANOTHER_ORDER),
        Fault.of(Fault.Kind.SERVER_ERROR),
        Fault.of(Fault.Kind.THROTTLED));
    SortedMap<String, String> query = request("out_trade_no", "ORDER-1");

    SortedMap<String, String> bad = answer("/pay/orderquery", query);
    assertThat(bad.get("sign")).isNotEqualTo(WechatV2Fields.signature(bad, KEY));
    assertThat(answer("/pay/orderquery", query)).doesNotContainKey("sign");
    SortedMap<String, String> other = answer("/pay/orderquery", query);
    assertSigned(other);
    assertThat(other).containsEntry("out_trade_no", "ANOTHER-ORDER");
    assertThat(answer("/pay/orderquery", query)).containsEntry("err_code", "SYSTEMERROR");
    assertThat(answer("/pay/orderquery", query)).containsEntry("err_code", "FREQUENCY_LIMITED");
    assertThat(desk.asked())
        .extracting(asking -> asking.asked().protocol())
        .containsOnly("wechat-v2");
  }

  @Test
  void bothProtocolsKnowTheSameTrade() {
    desk.admit(PlayedAccounts.merchant(book));
    book.open("ORDER-1", 1200);
    answer("/pay/closeorder", request("out_trade_no", "ORDER-1"));

    assertThat(
            PlayedAccounts.client(
                    Dialect.WECHAT_V3,
                    new InProcessTransport(desk, time, Duration.ofSeconds(10)),
                    "http://127.0.0.1:1")
                .queryOrder("ORDER-1", new Ask("d", time.instant(), 0)))
        .asString()
        .contains("CLOSED");
  }

  @Test
  void valuesSurviveTheXml() {
    SortedMap<String, String> fields = new TreeMap<>(Map.of("a", "<&]]>\"订单", "b", ""));

    assertThat(WechatV2Fields.read(WechatV2Fields.written(fields))).isEqualTo(fields);
    assertThat(WechatV2Fields.read("<!DOCTYPE x []><xml><a>1</a></xml>".getBytes(UTF_8))).isEmpty();
  }
}
