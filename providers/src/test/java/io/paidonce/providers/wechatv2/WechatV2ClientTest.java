package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
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
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Standing;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.WechatV3Fixture;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as the platform's answer, and what does not. */
class WechatV2ClientTest {

  private static final String ORDER = "ORDER-1";
  private static final String TRANSACTION = "4200001234";
  private static final RefundRef REFUND = new RefundRef(ORDER, TRANSACTION, "R-1");
  private static final Ask ASK = new Ask("query-1", Callbacks.NOW, 0);

  private final PlayedProvider provider = new PlayedProvider();
  private final ProviderClient client = WechatV2Fixture.client(provider.address());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aPaymentIsTheSameFactAsApiV3TellsIt() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.paid("SUCCESS")));
    Outcome.Told told = (Outcome.Told) client.queryOrder(ORDER, ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID);
    PaymentNotification byV2 = told.notifications().get(0);
    PaymentNotification byV3 =
        onlyOne(
            WechatV3Fixture.account()
                .receive(
                    Callbacks.received(
                        WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW))));
    assertThat(byV2.key()).isEqualTo(byV3.key());
    assertThat(byV2.kind()).isEqualTo(NotificationKind.PAYMENT);
    assertThat(byV2.provider()).isEqualTo("wechat");
    assertThat(byV2.protocol()).isEqualTo("wechat-v2");
    assertThat(byV2.orderNo()).isEqualTo(byV3.orderNo());
    assertThat(byV2.shop()).isEqualTo(byV3.shop());
    assertThat(byV2.witness()).isEqualTo(Witness.QUERY);
    assertThat(byV2.deliveryId()).isEqualTo("query-1");
    PaymentFact fact = byV3.payment();
    assertThat(byV2.payment())
        .isEqualTo(
            new PaymentFact(
                fact.provider(),
                fact.account(),
                fact.transactionId(),
                fact.amountMinor(),
                fact.currency(),
                fact.payee(),
                fact.expectedPayee(),
                fact.occurredAt(),
                fact.receivedAt(),
                Witness.QUERY));
  }

  @Test
  void aRefundIsTheSameFactAsApiV3TellsIt() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.refund("SUCCESS")));
    Outcome.Told told = (Outcome.Told) client.queryRefund(REFUND, ASK);
    assertThat(told.standing()).isEqualTo(Standing.REFUND_SETTLED);
    PaymentNotification byV3 =
        onlyOne(
            WechatV3Fixture.account()
                .receive(
                    Callbacks.received(
                        WechatV3Fixture.signer().refund(WechatV3Fixture.REFUND, Callbacks.NOW))));
    RefundFact fact = byV3.refund();
    PaymentNotification byV2 = told.notifications().get(0);
    assertThat(byV2.key()).isEqualTo(byV3.key());
    assertThat(byV2.orderNo()).isEqualTo(byV3.orderNo());
    assertThat(byV2.refund())
        .isEqualTo(
            new RefundFact(
                fact.provider(),
                fact.account(),
                fact.transactionId(),
                fact.refundId(),
                fact.merchantRefundNo(),
                fact.outcome(),
                fact.amountMinor(),
                fact.refundedTotalMinor(),
                fact.transactionAmountMinor(),
                fact.currency(),
                fact.occurredAt(),
                fact.receivedAt(),
                Witness.QUERY));
  }

  @Test
  void itsEvidenceIsEnoughToJudgeItAgain() {
    Account account = WechatV2Fixture.account();
    for (SortedMap<String, String> said :
        List.of(WechatV2Answers.paid("SUCCESS"), WechatV2Answers.paid("REFUND"))) {
      provider.answers(WechatV2Answers.signed(said));
      PaymentNotification stored = told(client.queryOrder(ORDER, ASK)).get(0);
      assertThat(stored.evidence().headers()).isEmpty();
      assertThat(stored.evidence().keyId()).startsWith("apiv2:");
      assertThat(account.judgeAgain(stored)).isEqualTo(new Verdict.Authentic(List.of(stored)));
    }
    provider.answers(WechatV2Answers.signed(WechatV2Answers.refund("SUCCESS")));
    List<PaymentNotification> refunds = told(client.queryRefund(REFUND, ASK));
    assertThat(account.judgeAgain(refunds.get(0))).isEqualTo(new Verdict.Authentic(refunds));
  }

  @Test
  void evidenceThatWasChangedOrIsAnothersIsRefused() {
    Account account = WechatV2Fixture.account();
    SignedCallback good = WechatV2Fixture.signer().answer(WechatV2Answers.paid("SUCCESS"));
    byte[] body = good.body().bytes();
    for (int i = 0; i < body.length; i++) {
      byte[] flipped = body.clone();
      flipped[i] ^= 1;
      assertThat(account.receiveAnswer(Callbacks.withBody(Callbacks.received(good), flipped)))
          .as("byte " + i)
          .isInstanceOf(Verdict.Refused.class);
    }
    for (SortedMap<String, String> nothing :
        List.of(WechatV2Answers.error("ORDERNOTEXIST"), WechatV2Answers.success())) {
      assertThat(
              account.receiveAnswer(Callbacks.received(WechatV2Fixture.signer().answer(nothing))))
          .isInstanceOf(Verdict.Unreadable.class);
    }
    assertThat(
            onlyOne(
                    account.receiveAnswer(
                        Callbacks.received(
                            WechatV2Fixture.signer().answer(WechatV2Answers.order("NOTPAY")))))
                .kind())
        .isEqualTo(NotificationKind.UNRECOGNISED);
    assertThat(
            account.receiveAnswer(
                Callbacks.withBody(
                    Callbacks.received(good),
                    WechatV2Answers.unsigned(WechatV2Answers.paid("SUCCESS")).body().bytes())))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void evidenceOfAnotherMerchantsRefundIsNone() {
    // A partner's key signs for all of its merchants.
    SortedMap<String, String> refund = WechatV2Answers.refund("SUCCESS");
    refund.put("sub_mch_id", "1900000009");
    assertThat(
            WechatV2Fixture.account()
                .receiveAnswer(Callbacks.received(WechatV2Fixture.signer().answer(refund))))
        .isInstanceOf(Verdict.Unreadable.class);
  }

  @Test
  void whileTheKeyIsChangedBothAreBelieved() {
    WechatV2Signer old = new WechatV2Signer(WechatV2Fixture.OLD_API_KEY, WechatV2Fixture.HMAC);
    provider.answers(Sent.of(200, old.answer(WechatV2Answers.paid("SUCCESS"))));
    PaymentNotification byOld = told(client.queryOrder(ORDER, ASK)).get(0);
    provider.answers(WechatV2Answers.signed(WechatV2Answers.paid("SUCCESS")));
    PaymentNotification byNew = told(client.queryOrder(ORDER, ASK)).get(0);
    assertThat(byOld.evidence().keyId()).isNotEqualTo(byNew.evidence().keyId());
  }

  @Test
  void theSignatureIsOfTheKindThatWasAskedFor() {
    WechatV2Signer md5 = new WechatV2Signer(WechatV2Fixture.API_KEY, WechatV2Fixture.MD5);
    Sent weak = Sent.of(200, md5.answer(WechatV2Answers.paid("SUCCESS")));
    provider.answers(weak);
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.UNVERIFIED);
    // Both are configured, and this one was asked for; its evidence is judged by either.
    List<String> both = List.of(WechatV2Fixture.MD5, WechatV2Fixture.HMAC);
    WechatV2Config config = WechatV2Fixture.config(both, List.of(WechatV2Fixture.APPID));
    ProviderClient asksWeakly =
        WechatV2Fixture.client(config, WechatV2Fixture.credentials(null, provider.address()));
    PaymentNotification stored = told(asksWeakly.queryOrder(ORDER, ASK)).get(0);
    assertThat(WechatV2Fixture.account(config).judgeAgain(stored))
        .isInstanceOf(Verdict.Authentic.class);
    assertThat(WechatV2Fixture.account().judgeAgain(stored)).isInstanceOf(Verdict.Refused.class);
    provider.answers(WechatV2Answers.signed(WechatV2Answers.paid("SUCCESS")));
    assertThat(doubt(asksWeakly.queryOrder(ORDER, ASK))).isEqualTo(Doubt.UNVERIFIED);
  }

  @Test
  void anOrderThatWasRefundedWasPaid() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.paid("REFUND")));
    Outcome.Told told = (Outcome.Told) client.queryTransaction(TRANSACTION, ORDER, ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID_AND_REFUNDED);
    assertThat(told.notifications().get(0).payment().amountMinor()).isEqualTo(1200);
    // An answer that does not say which payment it was tells none, and not that there was none.
    provider.answers(WechatV2Answers.signed(WechatV2Answers.order("REFUND")));
    assertThat(observed(client.queryOrder(ORDER, ASK)).standing()).isEqualTo(Standing.UNCLEAR);
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
    provider.answers(WechatV2Answers.signed(WechatV2Answers.order(tradeState)));
    Outcome.Observed observed = observed(client.queryOrder(ORDER, ASK));
    assertThat(observed.standing()).isEqualTo(standing);
    assertThat(observed.named()).isTrue();
  }

  static Stream<Arguments> answersOfNobody() {
    SortedMap<String, String> paid = WechatV2Answers.paid("SUCCESS");
    Sent good = WechatV2Answers.signed(paid);
    String text = new String(good.body().bytes(), UTF_8);
    String sign = text.replaceAll("(?s).*<sign><!\\[CDATA\\[(.*?)]]>.*", "$1");
    WechatV2Signer forger =
        new WechatV2Signer(Secret.of("any-other-key-of-32-characters-3"), WechatV2Fixture.HMAC);
    return Stream.of(
        Arguments.of("forged", Doubt.UNVERIFIED, Sent.of(200, forger.answer(paid))),
        Arguments.of("tampered", Doubt.UNVERIFIED, xml(text.replace("1200", "1201"))),
        Arguments.of("unsigned", Doubt.UNVERIFIED, WechatV2Answers.unsigned(paid)),
        Arguments.of(
            "with a blank sign",
            Doubt.UNVERIFIED,
            WechatV2Answers.unsigned(WechatV2Answers.with(paid, "sign", " "))),
        Arguments.of(
            "with a sign in lower case",
            Doubt.UNVERIFIED,
            xml(text.replace(sign, sign.toLowerCase(Locale.ROOT)))),
        Arguments.of(
            "with half a sign", Doubt.UNVERIFIED, xml(text.replace(sign, sign.substring(0, 32)))),
        Arguments.of(
            "with a field more",
            Doubt.UNVERIFIED,
            xml(text.replace("</xml>", "<new_field>1</new_field></xml>"))),
        Arguments.of(
            "with a field less",
            Doubt.UNVERIFIED,
            xml(text.replaceAll("<coupon_id_0>.*?</coupon_id_0>", ""))),
        Arguments.of(
            "that names MD5",
            Doubt.UNVERIFIED,
            WechatV2Answers.signed(WechatV2Answers.with(paid, "sign_type", "MD5"))),
        Arguments.of(
            "that names another algorithm",
            Doubt.UNVERIFIED,
            WechatV2Answers.signed(WechatV2Answers.with(paid, "sign_type", "RSA"))),
        Arguments.of(
            "a field twice",
            Doubt.UNREADABLE,
            xml(text.replace("</xml>", "<total_fee>1200</total_fee></xml>"))),
        Arguments.of(
            "with a bomb", Doubt.UNREADABLE, xml("<!DOCTYPE xml [<!ENTITY a \"1\">]>" + text)),
        Arguments.of(
            "in GBK", Doubt.UNREADABLE, good.withBody(text.getBytes(Charset.forName("GBK")))),
        Arguments.of("cut", Doubt.UNREADABLE, xml(text.substring(0, text.length() - 1))),
        Arguments.of("JSON", Doubt.UNREADABLE, Sent.unsigned(200, "{}")),
        Arguments.of("empty", Doubt.UNREADABLE, xml("")),
        Arguments.of("of another order", Doubt.ANOTHER_SUBJECT, with("out_trade_no", "ORDER-2")),
        Arguments.of("of no order", Doubt.ANOTHER_SUBJECT, with("out_trade_no", null)),
        Arguments.of("of another merchant", Doubt.ANOTHER_SUBJECT, with("mch_id", "1900000009")),
        Arguments.of("of no merchant", Doubt.ANOTHER_SUBJECT, with("mch_id", null)),
        Arguments.of("without a state", Doubt.UNREADABLE, with("trade_state", null)),
        Arguments.of("paid without a transaction", Doubt.UNREADABLE, with("transaction_id", null)),
        Arguments.of("paid without an amount", Doubt.UNREADABLE, with("total_fee", null)),
        Arguments.of("of no money", Doubt.UNREADABLE, with("total_fee", "0")),
        Arguments.of("of less than no money", Doubt.UNREADABLE, with("total_fee", "-1200")),
        Arguments.of("of yuan", Doubt.UNREADABLE, with("total_fee", "12.00")),
        Arguments.of(
            "of too much money", Doubt.UNREADABLE, with("total_fee", "999999999999999999")),
        Arguments.of("of digits of others", Doubt.UNREADABLE, with("total_fee", "１２")),
        Arguments.of("of no currency", Doubt.UNREADABLE, with("fee_type", "RMB?")),
        Arguments.of("at no time", Doubt.UNREADABLE, with("time_end", "20260230200000")),
        Arguments.of("in a later age", Doubt.UNREADABLE, with("time_end", "120260130200000")),
        Arguments.of("at a longer time", Doubt.UNREADABLE, with("time_end", "+20260130200000")),
        Arguments.of("of no app", Doubt.UNREADABLE, with("appid", null)),
        Arguments.of(
            "that can be cut in two ways",
            Doubt.UNREADABLE,
            with("attach", "a&total_fee=9900&tp=b")),
        Arguments.of(
            "that hides a field",
            Doubt.UNREADABLE,
            with("device_info", "a&transaction_id=4200009999")),
        Arguments.of("our own request", Doubt.UNREADABLE, reflected()),
        Arguments.of("without a result", Doubt.UNREADABLE, with("result_code", null)),
        Arguments.of("that failed without a code", Doubt.UNREADABLE, with("result_code", "FAIL")),
        Arguments.of("not transported", Doubt.SERVER_ERROR, with("return_code", "FAIL")),
        Arguments.of("too large", Doubt.TOO_LARGE, with("x", "x".repeat(1 << 16))),
        Arguments.of("half of it", Doubt.TIMED_OUT, good.butStalling()),
        Arguments.of("an error of the server", Doubt.SERVER_ERROR, Sent.unsigned(502, "<html>")),
        Arguments.of("a missing page", Doubt.UNEXPECTED_STATUS, Sent.unsigned(404, "<html>")),
        Arguments.of(
            "good, under another status",
            Doubt.UNEXPECTED_STATUS,
            new Sent(404, good.headers(), good.body(), false)),
        Arguments.of(
            "elsewhere",
            Doubt.UNEXPECTED_STATUS,
            new Sent(302, good.headers(), good.body(), false).with("Location", "/elsewhere")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNobody")
  void whatIsNoAnswerSaysNothing(String name, Doubt expected, Sent sent) {
    provider.answers(sent);
    assertThat(doubt(client.queryOrder(ORDER, ASK))).as(name).isEqualTo(expected);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void anOrdersTextWithAnAmpersandIsFine() {
    provider.answers(with("attach", "a=1&b=2&total=3&"));
    assertThat(client.queryOrder(ORDER, ASK)).isInstanceOf(Outcome.Told.class);
  }

  @Test
  void aTransactionOfAnotherOrderIsRefused() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.paid("SUCCESS")));
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
  void anotherAppIsAMismatchAndNoAnswerOfAnother() {
    provider.answers(with("appid", "wx-of-another"));
    PaymentFact fact = told(client.queryOrder(ORDER, ASK)).get(0).payment();
    assertThat(fact.payee()).isEqualTo(WechatV2Fixture.MCHID + "/wx-of-another");
    assertThat(fact.expectedPayee()).isEqualTo(WechatV2Fixture.MCHID + "/" + WechatV2Fixture.APPID);
  }

  @Test
  void inPartnerModeTheSubMerchantIsPaid() {
    ProviderClient partner =
        WechatV2Fixture.client(
            WechatV2Fixture.config(),
            WechatV2Fixture.credentials("1900000099", provider.address()));
    SortedMap<String, String> paid = WechatV2Answers.paid("SUCCESS");
    paid.put("mch_id", "1900000099");
    paid.put("appid", "wx-of-the-partner");
    paid.put("sub_appid", WechatV2Fixture.APPID);
    provider.answers(WechatV2Answers.signed(paid));
    assertThat(doubt(partner.queryOrder(ORDER, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
    paid.put("sub_mch_id", WechatV2Fixture.MCHID);
    provider.answers(WechatV2Answers.signed(paid));
    PaymentNotification stored = told(partner.queryOrder(ORDER, ASK)).get(0);
    assertThat(stored.account()).isEqualTo(WechatV2Fixture.MCHID);
    assertThat(stored.payment().payee()).isEqualTo(stored.payment().expectedPayee());
    assertThat(stored.payment().payee())
        .isEqualTo(WechatV2Fixture.MCHID + "/" + WechatV2Fixture.APPID);
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void thatThereIsNoSuchOrderCountsOnlySigned() {
    SortedMap<String, String> error = WechatV2Answers.error("ORDERNOTEXIST");
    provider.answers(WechatV2Answers.signed(error));
    Outcome.Observed observed = observed(client.queryOrder(ORDER, ASK));
    assertThat(observed.standing()).isEqualTo(Standing.NOT_FOUND);
    assertThat(observed.named()).isFalse();
    provider.answers(WechatV2Answers.signed(WechatV2Answers.with(error, "out_trade_no", ORDER)));
    assertThat(observed(client.queryOrder(ORDER, ASK)).named()).isTrue();
    provider.answers(
        WechatV2Answers.signed(WechatV2Answers.with(error, "out_trade_no", "ORDER-2")));
    assertThat(observed(client.queryOrder(ORDER, ASK)).named()).isFalse();
    provider.answers(WechatV2Answers.unsigned(error));
    assertThat(client.queryOrder(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(Refusal.NOT_FOUND, false, 200, "ORDERNOTEXIST"));
    SignedCallback forged =
        new WechatV2Signer(Secret.of("any-other-key-of-32-characters-3"), WechatV2Fixture.HMAC)
            .answer(error);
    provider.answers(Sent.of(200, forged));
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.UNVERIFIED);
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERPAID, ALREADY_PAID",
    "ORDERCLOSED, ALREADY_CLOSED",
    "SIGNERROR, NOT_PERMITTED",
    "NOAUTH, NOT_PERMITTED",
    "APPID_MCHID_NOT_MATCH, NOT_PERMITTED",
    "PARAM_ERROR, OTHER"
  })
  void anErrorIsAHintAndNothingElse(String code, Refusal refusal) {
    for (boolean signed : new boolean[] {true, false}) {
      SortedMap<String, String> error = WechatV2Answers.error(code);
      provider.answers(signed ? WechatV2Answers.signed(error) : WechatV2Answers.unsigned(error));
      assertThat(client.close(ORDER, ASK))
          .isEqualTo(new Outcome.Refused(refusal, signed, 200, code));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SYSTEMERROR, SERVER_ERROR",
    "FREQUENCY_LIMITED, THROTTLED",
    "'two words', UNREADABLE"
  })
  void anErrorThatSaysNothingOfTheOrderIsUnknown(String code, Doubt expected) {
    SortedMap<String, String> error = WechatV2Answers.error(code);
    for (Sent sent : List.of(WechatV2Answers.signed(error), WechatV2Answers.unsigned(error))) {
      provider.answers(sent);
      assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(expected);
    }
  }

  @Test
  void whatDidNotArriveInOrderIsUnknownButForABadSignatureOfOurs() {
    SortedMap<String, String> fail = new TreeMap<>();
    fail.put("return_code", "FAIL");
    fail.put("return_msg", "签名失败");
    provider.answers(WechatV2Answers.unsigned(fail));
    assertThat(client.queryOrder(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(Refusal.NOT_PERMITTED, false, 200, "FAIL"));
    fail.put("return_msg", "系统繁忙");
    provider.answers(WechatV2Answers.unsigned(fail));
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.SERVER_ERROR);
  }

  @Test
  void tooManyQuestionsAreToldWithTheWait() {
    provider.answers(Sent.unsigned(429, "").with("Retry-After", "7"));
    Outcome.Unknown unknown = (Outcome.Unknown) client.queryOrder(ORDER, ASK);
    assertThat(unknown.why()).isEqualTo(Doubt.THROTTLED);
    assertThat(unknown.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void acceptingToCloseIsNotYetClosed() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.success()));
    Outcome.Observed observed = observed(client.close(ORDER, ASK));
    assertThat(observed.standing()).isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(observed.named()).isFalse();
    provider.answers(WechatV2Answers.unsigned(WechatV2Answers.success()));
    assertThat(doubt(client.close(ORDER, ASK))).isEqualTo(Doubt.UNVERIFIED);
    for (String field : List.of("mch_id", "out_trade_no")) {
      provider.answers(
          WechatV2Answers.signed(WechatV2Answers.with(WechatV2Answers.success(), field, "2")));
      assertThat(doubt(client.close(ORDER, ASK))).as(field).isEqualTo(Doubt.ANOTHER_SUBJECT);
    }
    for (String state : List.of("CLOSED", "SUCCESS")) {
      provider.answers(WechatV2Answers.signed(WechatV2Answers.paid(state)));
      assertThat(doubt(client.close(ORDER, ASK))).as(state).isEqualTo(Doubt.UNREADABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"SUCCESS, SUCCEEDED", "CHANGE, ABNORMAL", "REFUNDCLOSE, CLOSED"})
  void aRefundsEndIsAFact(String status, RefundOutcome outcome) {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.refund(status)));
    RefundFact fact = told(client.queryRefund(REFUND, ASK)).get(0).refund();
    assertThat(fact.outcome()).isEqualTo(outcome);
    assertThat(fact.occurredAt() == null).isEqualTo(outcome != RefundOutcome.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({"PROCESSING, REFUND_PENDING", "ABNORMAL, UNCLEAR", "SOMETHING_NEW, UNCLEAR"})
  void aRefundUnderWayIsNeitherDoneNorFailed(String status, Standing standing) {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.refund(status)));
    assertThat(observed(client.queryRefund(REFUND, ASK)).standing()).isEqualTo(standing);
  }

  @Test
  void ofSeveralRefundsTheOneThatWasAskedForDecides() {
    SortedMap<String, String> two = WechatV2Answers.refund("SUCCESS");
    WechatV2Answers.refund(two, 1, "R-2", "PROCESSING");
    WechatV2Answers.refund(two, 2, "R-3", "CHANGE");
    provider.answers(WechatV2Answers.signed(two));
    List<PaymentNotification> told = told(client.queryRefund(REFUND, ASK));
    assertThat(told)
        .extracting(said -> said.refund().merchantRefundNo())
        .containsExactly("R-1", "R-3");
    assertThat(WechatV2Fixture.account().judgeAgain(told.get(1)))
        .isEqualTo(new Verdict.Authentic(told));
    RefundRef second = new RefundRef(ORDER, TRANSACTION, "R-2");
    assertThat(observed(client.queryRefund(second, ASK)).standing())
        .isEqualTo(Standing.REFUND_PENDING);
  }

  @Test
  void refundsWithoutEndAreNotCounted() {
    SortedMap<String, String> many = WechatV2Answers.refund("SUCCESS");
    for (int number = 1; number <= 50; number++) {
      many.put("out_refund_no_" + number, "R-" + (number + 1));
    }
    provider.answers(WechatV2Answers.signed(many));
    assertThat(doubt(client.queryRefund(REFUND, ASK))).isEqualTo(Doubt.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out_refund_no_0", "transaction_id", "out_trade_no", "mch_id"})
  void aRefundOfAnotherIsRefused(String field) {
    provider.answers(
        WechatV2Answers.signed(
            WechatV2Answers.with(WechatV2Answers.refund("SUCCESS"), field, "another")));
    assertThat(doubt(client.queryRefund(REFUND, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void anUnknownRefundIsNotFound() {
    provider.answers(WechatV2Answers.signed(WechatV2Answers.error("REFUNDNOTEXIST")));
    assertThat(observed(client.queryRefund(REFUND, ASK)).standing()).isEqualTo(Standing.NOT_FOUND);
  }

  // The key is shared, so what we sign verifies as well as what the provider signs.
  private static Sent reflected() {
    SortedMap<String, String> request = new TreeMap<>();
    request.put("appid", WechatV2Fixture.APPID);
    request.put("mch_id", WechatV2Fixture.MCHID);
    request.put("nonce_str", "IITRi8Iabbblz1Jc");
    request.put("sign_type", WechatV2Fixture.HMAC);
    request.put("out_trade_no", ORDER);
    return WechatV2Answers.signed(request);
  }

  private static Sent with(String field, String value) {
    return WechatV2Answers.signed(
        WechatV2Answers.with(WechatV2Answers.paid("SUCCESS"), field, value));
  }

  private static Sent xml(String text) {
    return WechatV2Answers.xml(text);
  }

  private static Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  private static Outcome.Observed observed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Observed.class);
    return (Outcome.Observed) outcome;
  }

  private static List<PaymentNotification> told(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Told.class);
    return ((Outcome.Told) outcome).notifications();
  }

  private static PaymentNotification onlyOne(Verdict verdict) {
    List<PaymentNotification> notifications = ((Verdict.Authentic) verdict).notifications();
    assertThat(notifications).hasSize(1);
    return notifications.get(0);
  }
}
