package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.ProviderClient.SubOrder;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as the platform's answer, and what does not. */
class WechatV3ClientTest {

  private static final String ORDER = WechatV3Fixture.NOTICE.orderNo();
  private static final String TRANSACTION = WechatV3Fixture.NOTICE.transactionId();
  private static final RefundRef REFUND = new RefundRef(ORDER, TRANSACTION, "R-1");
  private static final Ask ASK = new Ask("query-1", Callbacks.NOW, 0);

  private final PlayedProvider provider = new PlayedProvider();
  private final ProviderClient client = WechatV3Fixture.client(provider.address());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aPaidOrderIsTheSameFactAsItsCallback() {
    provider.answers(WechatV3Answers.signed(WechatV3Answers.order(WechatV3Fixture.NOTICE)));
    Outcome.Told told = (Outcome.Told) client.queryOrder(ORDER, ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID);
    PaymentNotification byQuery = told.notifications().get(0);
    PaymentNotification byCallback = callback();
    assertThat(byQuery.key()).isEqualTo(byCallback.key());
    assertThat(byQuery.kind()).isEqualTo(NotificationKind.PAYMENT);
    assertThat(byQuery.witness()).isEqualTo(Witness.QUERY);
    assertThat(byQuery.deliveryId()).isEqualTo("query-1");
    assertThat(byQuery.payment()).isEqualTo(heard(byCallback.payment(), Witness.QUERY));
  }

  @Test
  void itsEvidenceIsEnoughToJudgeItAgain() {
    provider.answers(WechatV3Answers.signed(WechatV3Answers.order(WechatV3Fixture.NOTICE)));
    PaymentNotification stored = toldBy(client.queryOrder(ORDER, ASK)).get(0);
    assertThat(stored.evidence().keyId()).isEqualTo(WechatV3Fixture.SERIAL);
    assertThat(stored.evidence().headers()).hasSize(5);
    Account account = WechatV3Fixture.account();
    assertThat(account.judgeAgain(stored)).isEqualTo(new Verdict.Authentic(List.of(stored)));
    assertThat(account.judgeAgain(callback())).isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void anAnswerIsNoCallbackAndACallbackNoAnswer() {
    ObjectNode answer = WechatV3Answers.order(WechatV3Fixture.NOTICE);
    RawBytes content = RawBytes.of(answer.toString().getBytes(UTF_8));
    assertThat(
            WechatV3Fixture.account()
                .receive(Callbacks.received(WechatV3Fixture.signer().body(content, Callbacks.NOW))))
        .isInstanceOf(Verdict.Unreadable.class);
    provider.answers(
        Sent.of(200, WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW)));
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void anOrderThatWasRefundedWasPaid() {
    ObjectNode refunded =
        WechatV3Answers.order(WechatV3Fixture.NOTICE).put("trade_state", "REFUND");
    provider.answers(WechatV3Answers.signed(refunded));
    Outcome.Told told = (Outcome.Told) client.queryTransaction(TRANSACTION, ORDER, ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID_AND_REFUNDED);
    assertThat(told.notifications().get(0).payment())
        .isEqualTo(heard(callback().payment(), Witness.QUERY));
  }

  @ParameterizedTest
  @CsvSource({
    "NOTPAY, UNPAID",
    "USERPAYING, PAYING",
    "ACCEPT, PAYING",
    "PAYERROR, PAY_FAILED",
    "CLOSED, CLOSED",
    "REVOKED, UNCLEAR",
    "SOMETHING_NEW, UNCLEAR"
  })
  void whatIsNotPaidIsToldApart(String tradeState, Standing standing) {
    provider.answers(
        WechatV3Answers.signed(WechatV3Answers.order(WechatV3Fixture.NOTICE, tradeState)));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(standing);
              assertThat(observed.named()).isTrue();
            });
  }

  static Stream<Arguments> answersOfNobody() {
    Sent good = WechatV3Answers.signed(WechatV3Answers.order(WechatV3Fixture.NOTICE));
    String text = new String(good.body().bytes(), UTF_8);
    WechatV3Signer signer = WechatV3Fixture.signer();
    Sent probe = Sent.of(200, signer.probe(WechatV3Fixture.NOTICE, Callbacks.NOW));
    Sent oddProbe = Sent.of(200, signer.undecodableProbe(WechatV3Fixture.NOTICE, Callbacks.NOW));
    WechatV3Signer forger =
        new WechatV3Signer(
            TestKeys.OTHER.getPrivate(),
            WechatV3Fixture.SERIAL,
            WechatV3Fixture.API_V3_KEY,
            WechatV3Fixture.MCHID,
            WechatV3Fixture.APPID,
            new Random(7));
    Duration window = Duration.ofMinutes(5);
    return Stream.of(
        Arguments.of(
            "forged", Doubt.UNVERIFIED, Sent.of(200, forger.body(good.body(), Callbacks.NOW))),
        Arguments.of(
            "tampered",
            Doubt.UNVERIFIED,
            good.withBody(text.replace("1200", "1201").getBytes(UTF_8))),
        Arguments.of(
            "with a line feed more",
            Doubt.UNVERIFIED,
            good.withBody((text + "\n").getBytes(UTF_8))),
        Arguments.of("unsigned", Doubt.UNVERIFIED, Sent.unsigned(200, text)),
        Arguments.of(
            "with a blank signature", Doubt.UNVERIFIED, good.with("Wechatpay-Signature", " ")),
        Arguments.of(
            "replayed",
            Doubt.UNVERIFIED,
            WechatV3Answers.signed(200, text, Callbacks.NOW.minus(window))),
        Arguments.of(
            "of the future",
            Doubt.UNVERIFIED,
            WechatV3Answers.signed(200, text, Callbacks.NOW.plus(window))),
        Arguments.of(
            "with another timestamp",
            Doubt.UNVERIFIED,
            good.with("Wechatpay-Timestamp", "" + (Callbacks.NOW.getEpochSecond() + 1))),
        Arguments.of(
            "with an unknown serial", Doubt.UNKNOWN_KEY, good.with("Wechatpay-Serial", "0A1B")),
        Arguments.of(
            "with our own serial",
            Doubt.UNKNOWN_KEY,
            good.with("Wechatpay-Serial", WechatV3Fixture.MERCHANT_SERIAL)),
        Arguments.of(
            "with another algorithm",
            Doubt.UNVERIFIED,
            good.with("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3")),
        Arguments.of("a probe", Doubt.PROBE, probe.withBody(good.body().bytes())),
        Arguments.of(
            "a probe that is no Base64", Doubt.PROBE, oddProbe.withBody(good.body().bytes())),
        Arguments.of(
            "a probe on an error",
            Doubt.PROBE,
            new Sent(
                404,
                probe.headers(),
                RawBytes.of("{\"code\":\"ORDER_NOT_EXIST\"}".getBytes(UTF_8)),
                false)),
        Arguments.of(
            "a page", Doubt.UNVERIFIED, Sent.unsigned(200, "<html>welcome to this hotel</html>")),
        Arguments.of("empty", Doubt.UNREADABLE, WechatV3Answers.signed(200, "")),
        Arguments.of("nothing, with 204", Doubt.UNREADABLE, WechatV3Answers.signed(204, "")),
        Arguments.of("signed rubbish", Doubt.UNREADABLE, WechatV3Answers.signed(200, "rubbish")),
        Arguments.of(
            "a name twice",
            Doubt.UNREADABLE,
            WechatV3Answers.signed(200, text.replaceFirst("\\{", "{\"trade_state\":\"NOTPAY\","))),
        Arguments.of("of another order", Doubt.ANOTHER_SUBJECT, order("out_trade_no", "ORDER-2")),
        Arguments.of("of another merchant", Doubt.ANOTHER_SUBJECT, order("mchid", "1900000009")),
        Arguments.of("of no order", Doubt.ANOTHER_SUBJECT, order("out_trade_no", null)),
        Arguments.of("without a state", Doubt.UNREADABLE, order("trade_state", null)),
        Arguments.of("paid without a transaction", Doubt.UNREADABLE, order("transaction_id", null)),
        Arguments.of(
            "too large", Doubt.TOO_LARGE, WechatV3Answers.signed(200, text + " ".repeat(1 << 16))),
        Arguments.of("half of it", Doubt.TIMED_OUT, good.butStalling()),
        Arguments.of(
            "elsewhere",
            Doubt.UNEXPECTED_STATUS,
            new Sent(302, good.headers(), good.body(), false).with("Location", "/v3/elsewhere")),
        Arguments.of(
            "an error of the server",
            Doubt.SERVER_ERROR,
            Sent.unsigned(500, "{\"code\":\"SYSTEM_ERROR\"}")),
        Arguments.of("an error of a proxy", Doubt.SERVER_ERROR, Sent.unsigned(502, "<html>")),
        Arguments.of("a missing page", Doubt.UNEXPECTED_STATUS, Sent.unsigned(404, "<html>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNobody")
  void whatIsNoAnswerSaysNothing(String name, Doubt expected, Sent sent) {
    provider.answers(sent);
    assertThat(doubt(client.queryOrder(ORDER, ASK))).as(name).isEqualTo(expected);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void aTransactionOfAnotherOrderIsRefused() {
    provider.answers(WechatV3Answers.signed(WechatV3Answers.order(WechatV3Fixture.NOTICE)));
    assertThat(client.queryTransaction(TRANSACTION, null, ASK)).isInstanceOf(Outcome.Told.class);
    assertThat(doubt(client.queryTransaction(TRANSACTION, "ORDER-2", ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
    assertThat(doubt(client.queryTransaction("4200009999", ORDER, ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void aProviderThatIsNotReachedDidNothing() {
    provider.close();
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.NOT_SENT);
  }

  @Test
  void tooManyQuestionsAreToldWithTheWait() {
    provider.answers(
        Sent.unsigned(429, "{\"code\":\"FREQUENCY_LIMITED\"}").with("Retry-After", "7"));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown -> {
              assertThat(unknown.why()).isEqualTo(Doubt.THROTTLED);
              assertThat(unknown.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  @Test
  void thatThereIsNoSuchOrderCountsOnlySigned() {
    String body = "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"订单不存在\"}";
    provider.answers(WechatV3Answers.signed(404, body));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(Standing.NOT_FOUND);
              assertThat(observed.named()).isFalse();
            });
    provider.answers(Sent.unsigned(404, body));
    assertThat(client.queryOrder(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(Refusal.NOT_FOUND, false, 404, "ORDER_NOT_EXIST"));
    provider.answers(WechatV3Answers.signed(404, body, Callbacks.NOW.minus(Duration.ofHours(1))));
    assertThat(client.queryOrder(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(Refusal.NOT_FOUND, false, 404, "ORDER_NOT_EXIST"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ORDER_PAID, ALREADY_PAID",
    "400, ORDERPAID, ALREADY_PAID",
    "400, ORDER_CLOSED, ALREADY_CLOSED",
    "403, NOT_ENOUGH, NOT_ENOUGH_FUNDS",
    "401, SIGN_ERROR, NOT_PERMITTED",
    "403, NO_AUTH, NOT_PERMITTED",
    "404, MCH_NOT_EXISTS, OTHER",
    "400, PARAM_ERROR, OTHER",
    "404, RESOURCE_NOT_EXISTS, NOT_FOUND"
  })
  void anUnsignedErrorIsAHintAndNothingElse(int status, String code, Refusal refusal) {
    provider.answers(Sent.unsigned(status, "{\"code\":\"" + code + "\"}"));
    assertThat(client.close(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(refusal, false, status, code));
  }

  @Test
  void acceptingToCloseIsNotYetClosed() {
    provider.answers(WechatV3Answers.signed(204, ""));
    assertThat(client.close(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(Standing.CLOSE_ACCEPTED);
              assertThat(observed.named()).isFalse();
            });
    provider.answers(Sent.unsigned(204, ""));
    assertThat(doubt(client.close(ORDER, ASK))).isEqualTo(Doubt.UNVERIFIED);
    // The status is not signed; whoever changes it must not turn a no into a yes.
    provider.answers(WechatV3Answers.signed(200, "{\"code\":\"ORDER_PAID\"}"));
    assertThat(doubt(client.close(ORDER, ASK))).isEqualTo(Doubt.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({"SUCCESS, SUCCEEDED", "ABNORMAL, ABNORMAL", "CLOSED, CLOSED"})
  void aRefundsEndIsAFact(String status, RefundOutcome outcome) {
    provider.answers(
        WechatV3Answers.signed(WechatV3Answers.refund(WechatV3Fixture.REFUND, status)));
    Outcome.Told told = (Outcome.Told) client.queryRefund(REFUND, ASK);
    assertThat(told.standing()).isEqualTo(Standing.REFUND_SETTLED);
    RefundFact fact = told.notifications().get(0).refund();
    assertThat(fact.outcome()).isEqualTo(outcome);
    assertThat(fact.amountMinor()).isEqualTo(500);
    assertThat(fact.witness()).isEqualTo(Witness.QUERY);
    assertThat(fact.occurredAt() == null).isEqualTo(outcome != RefundOutcome.SUCCEEDED);
    assertThat(WechatV3Fixture.account().judgeAgain(told.notifications().get(0)))
        .isEqualTo(new Verdict.Authentic(told.notifications()));
  }

  @Test
  void aRefundUnderWayIsNeitherDoneNorFailed() {
    provider.answers(
        WechatV3Answers.signed(WechatV3Answers.refund(WechatV3Fixture.REFUND, "PROCESSING")));
    assertThat(client.refund(new RefundOrder(REFUND, 500, 1200, "CNY"), ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> assertThat(observed.standing()).isEqualTo(Standing.REFUND_PENDING));
  }

  static Stream<Arguments> refundsOfOthers() {
    return Stream.of(
        Arguments.of("out_refund_no", "R-2", Doubt.ANOTHER_SUBJECT),
        Arguments.of("transaction_id", "4200009999", Doubt.ANOTHER_SUBJECT),
        Arguments.of("out_trade_no", "ORDER-2", Doubt.ANOTHER_SUBJECT),
        Arguments.of("mchid", "1900000009", Doubt.UNREADABLE),
        Arguments.of("sub_mchid", "1900000009", Doubt.UNREADABLE));
  }

  @ParameterizedTest
  @MethodSource("refundsOfOthers")
  void aRefundOfAnotherIsRefused(String field, String value, Doubt expected) {
    ObjectNode other = WechatV3Answers.refund(WechatV3Fixture.REFUND, "SUCCESS");
    provider.answers(WechatV3Answers.signed(other.put(field, value)));
    assertThat(doubt(client.queryRefund(REFUND, ASK))).isEqualTo(expected);
    assertThat(doubt(client.refund(new RefundOrder(REFUND, 500, 1200, "CNY"), ASK)))
        .isEqualTo(expected);
  }

  @Test
  void aCombinedPaymentIsOneFactForEachOrder() {
    ObjectNode answer = WechatV3Fixture.signer().resource(WechatV3Fixture.COMBINED);
    provider.answers(WechatV3Answers.signed(answer));
    Outcome.Told told =
        (Outcome.Told)
            client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2", "ORDER-3"), ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID);
    assertThat(told.notifications())
        .extracting(PaymentNotification::orderNo)
        .containsExactly("ORDER-1", "ORDER-2", "ORDER-3");
    assertThat(doubt(client.queryCombined(combined("COMBINED-2", "ORDER-1"), ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void aCombinedPaymentThatLeavesOneOutIsRefused() {
    ObjectNode answer = WechatV3Fixture.signer().resource(WechatV3Fixture.COMBINED);
    provider.answers(WechatV3Answers.signed(answer));
    assertThat(doubt(client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-4"), ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
    assertThat(toldBy(client.queryCombined(combined("COMBINED-1", "ORDER-2"), ASK))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"NOTPAY, NOTPAY, UNPAID", "CLOSED, CLOSED, CLOSED", "CLOSED, NOTPAY, UNCLEAR"})
  void ofAnUnpaidCombinedPaymentOnlyWhatAllOfItSays(String first, String rest, Standing whole) {
    ObjectNode answer = WechatV3Fixture.signer().resource(WechatV3Fixture.COMBINED);
    answer.get("sub_orders").forEach(one -> ((ObjectNode) one).put("trade_state", rest));
    ((ObjectNode) answer.get("sub_orders").get(0)).put("trade_state", first);
    provider.answers(WechatV3Answers.signed(answer));
    assertThat(client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2", "ORDER-3"), ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class, seen -> assertThat(seen.standing()).isEqualTo(whole));
  }

  @Test
  void moneyIsToldWhateverTheOtherSubOrdersSay() {
    ObjectNode answer = WechatV3Fixture.signer().resource(WechatV3Fixture.COMBINED);
    ((ObjectNode) answer.get("sub_orders").get(0)).put("trade_state", "CLOSED");
    provider.answers(WechatV3Answers.signed(answer));
    assertThat(
            toldBy(
                client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2", "ORDER-3"), ASK)))
        .hasSize(2);
  }

  private static CombinedOrder combined(String number, String... orders) {
    return new CombinedOrder(
        number,
        "wx1",
        Stream.of(orders).map(order -> new SubOrder(WechatV3Fixture.MCHID, order)).toList());
  }

  private static Sent order(String field, String value) {
    ObjectNode content = WechatV3Answers.order(WechatV3Fixture.NOTICE);
    if (value == null) {
      content.remove(field);
    } else {
      content.put(field, value);
    }
    return WechatV3Answers.signed(content);
  }

  private static Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  private static List<PaymentNotification> toldBy(Outcome outcome) {
    return ((Outcome.Told) outcome).notifications();
  }

  private static PaymentNotification callback() {
    Verdict verdict =
        WechatV3Fixture.account()
            .receive(
                Callbacks.received(
                    WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW)));
    return ((Verdict.Authentic) verdict).notifications().get(0);
  }

  private static PaymentFact heard(PaymentFact fact, Witness witness) {
    return new PaymentFact(
        fact.provider(),
        fact.account(),
        fact.transactionId(),
        fact.amountMinor(),
        fact.currency(),
        fact.payee(),
        fact.expectedPayee(),
        fact.occurredAt(),
        fact.receivedAt(),
        witness);
  }
}
