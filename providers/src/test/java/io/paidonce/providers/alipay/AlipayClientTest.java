package io.paidonce.providers.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.Standing;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as Alipay's answer, and what does not. */
class AlipayClientTest {

  private static final String ORDER = AlipayFixture.NOTICE.orderNo();
  private static final String TRADE = AlipayFixture.NOTICE.transactionId();
  private static final RefundRef REFUND = new RefundRef(ORDER, TRADE, "R-1");
  private static final RefundOrder REFUND_ORDER = new RefundOrder(REFUND, 500, 1200, "CNY");
  private static final Ask ASK = new Ask("query-1", Callbacks.NOW, 0);
  private static final Charset GBK = Charset.forName("GBK");

  private final PlayedProvider provider = new PlayedProvider();
  private final ProviderClient client = AlipayFixture.client(provider.address());

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({"TRADE_SUCCESS", "TRADE_FINISHED"})
  void aPaidTradeIsTheSameFactAsItsNotice(String status) {
    provider.answers(AlipayAnswers.signed(AlipayAnswers.QUERY, AlipayAnswers.paid(status)));
    Outcome.Told told = (Outcome.Told) client.queryOrder(ORDER, ASK);
    assertThat(told.standing()).isEqualTo(Standing.PAID);
    PaymentNotification byQuery = told.notifications().get(0);
    PaymentNotification byNotice = notice();
    assertThat(byQuery.key()).isEqualTo(byNotice.key());
    assertThat(byQuery.orderNo()).isEqualTo(byNotice.orderNo());
    assertThat(byQuery.witness()).isEqualTo(Witness.QUERY);
    PaymentFact fact = byNotice.payment();
    assertThat(byQuery.payment())
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
  void itsEvidenceIsEnoughToJudgeItAgain() {
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.QUERY, AlipayAnswers.paid("TRADE_SUCCESS")));
    PaymentNotification stored = toldBy(client.queryOrder(ORDER, ASK));
    Account account = AlipayFixture.account();
    assertThat(account.judgeAgain(stored)).isEqualTo(new Verdict.Authentic(List.of(stored)));
    assertThat(account.judgeAgain(notice())).isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void theOldKeyAndAnotherPlaceOfTheSignatureAreFine() {
    String content = AlipayAnswers.paid("TRADE_SUCCESS").toString();
    String sign = AlipayAnswers.sign(content, AlipayFixture.OLD_KEY);
    provider.answers(
        AlipayAnswers.text(
            "{ \"sign\" : \""
                + sign
                + "\", \"alipay_cert_sn\":\"f4fa\",\n\"alipay_trade_query_response\" : "
                + content
                + " }\n"));
    assertThat(client.queryOrder(ORDER, ASK)).isInstanceOf(Outcome.Told.class);
  }

  @Test
  void slashesEscapedAfterSigningAreRead() {
    ObjectNode content = AlipayAnswers.paid("TRADE_SUCCESS").put("store_name", "a/b");
    String signed = content.toString();
    provider.answers(
        AlipayAnswers.body(
            AlipayAnswers.QUERY,
            signed.replace("/", "\\/"),
            AlipayAnswers.sign(signed, TestKeys.PLATFORM)));
    assertThat(client.queryOrder(ORDER, ASK)).isInstanceOf(Outcome.Told.class);
  }

  static Stream<Arguments> unpaid() {
    return Stream.of(
        Arguments.of(AlipayAnswers.trade("WAIT_BUYER_PAY"), Standing.UNPAID),
        Arguments.of(AlipayAnswers.trade("TRADE_CLOSED"), Standing.CLOSED),
        Arguments.of(AlipayAnswers.paid("TRADE_CLOSED"), Standing.UNCLEAR),
        Arguments.of(AlipayAnswers.paid("TRADE_SOMETHING_NEW"), Standing.UNCLEAR));
  }

  @ParameterizedTest
  @MethodSource("unpaid")
  void whatIsNotPaidIsToldApart(ObjectNode content, Standing standing) {
    provider.answers(AlipayAnswers.signed(AlipayAnswers.QUERY, content));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(standing);
              assertThat(observed.named()).isTrue();
            });
  }

  static Stream<Arguments> answersOfNobody() {
    ObjectNode paid = AlipayAnswers.paid("TRADE_SUCCESS");
    String content = paid.toString();
    String sign = AlipayAnswers.sign(content, TestKeys.PLATFORM);
    String node = AlipayAnswers.QUERY;
    String forged = content.replace("12.00", "99.00");
    ObjectNode chinese = paid.deepCopy().put("store_name", "中文");
    String gbkSign =
        RsaSignature.sign(TestKeys.PLATFORM.getPrivate(), chinese.toString().getBytes(GBK));
    return Stream.of(
        Arguments.of(
            "forged",
            Doubt.UNVERIFIED,
            AlipayAnswers.body(node, content, AlipayAnswers.sign(content, TestKeys.OTHER))),
        Arguments.of("tampered", Doubt.UNVERIFIED, AlipayAnswers.body(node, forged, sign)),
        Arguments.of(
            "written anew",
            Doubt.UNVERIFIED,
            AlipayAnswers.body(node, content.replace(",", ", "), sign)),
        Arguments.of("unsigned", Doubt.UNVERIFIED, AlipayAnswers.unsigned(node, paid)),
        Arguments.of("with a blank sign", Doubt.UNVERIFIED, AlipayAnswers.body(node, content, " ")),
        Arguments.of(
            "with sign null",
            Doubt.UNREADABLE,
            AlipayAnswers.text("{\"" + node + "\":" + content + ",\"sign\":null}")),
        Arguments.of(
            "injected before",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\""
                    + node
                    + "\":"
                    + forged
                    + ",\""
                    + node
                    + "\":"
                    + content
                    + ",\"sign\":\""
                    + sign
                    + "\"}")),
        Arguments.of(
            "injected under another name",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\"error_response\":"
                    + forged
                    + ",\""
                    + node
                    + "\":"
                    + content
                    + ",\"sign\":\""
                    + sign
                    + "\"}")),
        Arguments.of(
            "hidden in a text",
            Doubt.UNVERIFIED,
            AlipayAnswers.text(
                "{\"x\":\"\\\""
                    + node
                    + "\\\":{\",\""
                    + node
                    + "\":"
                    + forged
                    + ",\"sign\":\""
                    + sign
                    + "\"}")),
        Arguments.of(
            "one inside another",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\"outer\":{\"" + node + "\":" + content + "},\"sign\":\"" + sign + "\"}")),
        Arguments.of(
            "followed by another text",
            Doubt.UNREADABLE,
            AlipayAnswers.text("{\"" + node + "\":" + content + ",\"sign\":\"" + sign + "\"}{}")),
        Arguments.of(
            "two signatures",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\"" + node + "\":" + content + ",\"sign\":\"" + sign + "\",\"sign\":\"x\"}")),
        Arguments.of(
            "a name twice in it",
            Doubt.UNREADABLE,
            signedText(node, content.replaceFirst("\\{", "{\"trade_status\":\"WAIT_BUYER_PAY\","))),
        Arguments.of(
            "in GBK",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\"" + node + "\":" + chinese + ",\"sign\":\"" + gbkSign + "\"}", GBK)),
        Arguments.of(
            "in UTF-16",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                "{\"" + node + "\":" + content + ",\"sign\":\"" + sign + "\"}",
                StandardCharsets.UTF_16BE)),
        Arguments.of(
            "encrypted",
            Doubt.UNREADABLE,
            AlipayAnswers.text("{\"" + node + "\":\"AAAA\",\"sign\":\"" + sign + "\"}")),
        Arguments.of(
            "a page", Doubt.UNREADABLE, AlipayAnswers.text("<html>welcome to this hotel</html>")),
        Arguments.of("empty", Doubt.UNREADABLE, AlipayAnswers.text("")),
        Arguments.of(
            "of another order",
            Doubt.ANOTHER_SUBJECT,
            AlipayAnswers.signed(node, paid.deepCopy().put("out_trade_no", "ORDER-2"))),
        Arguments.of(
            "of no order",
            Doubt.ANOTHER_SUBJECT,
            AlipayAnswers.signed(node, AlipayAnswers.success())),
        Arguments.of(
            "of a number that is none",
            Doubt.UNREADABLE,
            AlipayAnswers.signed(node, paid.deepCopy().put("total_amount", "1e3"))),
        Arguments.of(
            "of no money",
            Doubt.UNREADABLE,
            AlipayAnswers.signed(node, paid.deepCopy().put("total_amount", "0.00"))),
        Arguments.of(
            "of other money",
            Doubt.UNREADABLE,
            AlipayAnswers.signed(node, paid.deepCopy().put("trans_currency", "USD"))),
        Arguments.of(
            "too large",
            Doubt.TOO_LARGE,
            AlipayAnswers.signed(node, paid.deepCopy().put("x", "x".repeat(1 << 16)))),
        Arguments.of("half of it", Doubt.TIMED_OUT, AlipayAnswers.signed(node, paid).butStalling()),
        Arguments.of("an error of the server", Doubt.SERVER_ERROR, Sent.unsigned(502, "<html>")),
        Arguments.of(
            "elsewhere",
            Doubt.UNEXPECTED_STATUS,
            Sent.unsigned(302, "").with("Location", "/elsewhere")),
        Arguments.of(
            "too often",
            Doubt.THROTTLED,
            AlipayAnswers.signed(node, AlipayAnswers.failure("40005", "isv.app-call-limited"))),
        Arguments.of(
            "not known to itself",
            Doubt.SERVER_ERROR,
            AlipayAnswers.signed(node, AlipayAnswers.failure("20000", "isp.unknow-error"))),
        Arguments.of(
            "not known to the service",
            Doubt.SERVER_ERROR,
            AlipayAnswers.signed(node, AlipayAnswers.failure("40004", "ACQ.SYSTEM_ERROR"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNobody")
  void whatIsNoAnswerSaysNothing(String name, Doubt expected, Sent sent) {
    provider.answers(sent);
    assertThat(doubt(client.queryOrder(ORDER, ASK))).as(name).isEqualTo(expected);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void theHeadersDoNotChooseTheCharset() {
    // In GBK the last byte of this character and the backslash behind it are one character, and the
    // text would end here.
    ObjectNode content =
        AlipayAnswers.trade("WAIT_BUYER_PAY")
            .put("buyer_logon_id", "中\",\"trade_status\":\"TRADE_SUCCESS\",\"x\":\"");
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.QUERY, content)
            .with("Content-Type", "text/html;charset=GBK"));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> assertThat(observed.standing()).isEqualTo(Standing.UNPAID));
  }

  @Test
  void aTradeOfAnotherOrderIsRefused() {
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.QUERY, AlipayAnswers.paid("TRADE_SUCCESS")));
    assertThat(client.queryTransaction(TRADE, ORDER, ASK)).isInstanceOf(Outcome.Told.class);
    assertThat(doubt(client.queryTransaction(TRADE, "ORDER-2", ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
    assertThat(doubt(client.queryTransaction("2026013122009", null, ASK)))
        .isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void anotherSellerIsAMismatchAndNoAnswerOfAnother() {
    provider.answers(
        AlipayAnswers.signed(
            AlipayAnswers.QUERY,
            AlipayAnswers.paid("TRADE_SUCCESS").put("seller_id", "2088999999999999")));
    PaymentFact fact = toldBy(client.queryOrder(ORDER, ASK)).payment();
    assertThat(fact.payee()).isNotEqualTo(fact.expectedPayee());
  }

  @Test
  void thatThereIsNoSuchTradeCountsOnlySigned() {
    ObjectNode failure = AlipayAnswers.failure("40004", "ACQ.TRADE_NOT_EXIST");
    provider.answers(AlipayAnswers.signed(AlipayAnswers.QUERY, failure));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(Standing.NOT_FOUND);
              assertThat(observed.named()).isFalse();
            });
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.QUERY, failure.deepCopy().put("out_trade_no", ORDER)));
    assertThat(((Outcome.Observed) client.queryOrder(ORDER, ASK)).named()).isTrue();
    provider.answers(AlipayAnswers.unsigned("error_response", failure));
    assertThat(client.queryOrder(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(Refusal.NOT_FOUND, false, 200, "ACQ.TRADE_NOT_EXIST"));
  }

  @ParameterizedTest
  @CsvSource({
    "40004, ACQ.TRADE_STATUS_ERROR, WRONG_STATE",
    "40004, ACQ.TRADE_HAS_SUCCESS, ALREADY_PAID",
    "40004, ACQ.TRADE_HAS_CLOSE, ALREADY_CLOSED",
    "40004, ACQ.SELLER_BALANCE_NOT_ENOUGH, NOT_ENOUGH_FUNDS",
    "40002, isv.invalid-signature, NOT_PERMITTED",
    "40006, isv.insufficient-isv-permissions, NOT_PERMITTED",
    "40004, ACQ.INVALID_PARAMETER, OTHER"
  })
  void anErrorSaysWhoSaidIt(String code, String subCode, Refusal refusal) {
    ObjectNode failure = AlipayAnswers.failure(code, subCode);
    provider.answers(AlipayAnswers.signed("alipay_trade_close_response", failure));
    assertThat(client.close(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(refusal, true, 200, subCode));
    provider.answers(AlipayAnswers.unsigned("error_response", failure));
    assertThat(client.close(ORDER, ASK))
        .isEqualTo(new Outcome.Refused(refusal, false, 200, subCode));
  }

  @Test
  void acceptingToCloseIsNotYetClosed() {
    ObjectNode closed = AlipayAnswers.success().put("out_trade_no", ORDER).put("trade_no", TRADE);
    provider.answers(AlipayAnswers.signed("alipay_trade_close_response", closed));
    assertThat(client.close(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> assertThat(observed.standing()).isEqualTo(Standing.CLOSE_ACCEPTED));
    assertThat(doubt(client.close("ORDER-2", ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void aRefundsAnswerNamesNoRefundAndIsNoFact() {
    ObjectNode refunded =
        AlipayAnswers.success()
            .put("trade_no", TRADE)
            .put("out_trade_no", ORDER)
            .put("fund_change", "Y")
            .put("refund_fee", "5.00");
    provider.answers(AlipayAnswers.signed("alipay_trade_refund_response", refunded));
    assertThat(client.refund(REFUND_ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(Standing.REFUND_PENDING);
              assertThat(observed.named()).isFalse();
            });
    // The name of the member is not signed: in another's place it must not pass for that.
    provider.answers(AlipayAnswers.signed(AlipayAnswers.REFUND_QUERY, refunded));
    assertThat(doubt(client.queryRefund(REFUND, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
    provider.answers(AlipayAnswers.signed(AlipayAnswers.QUERY, refunded));
    assertThat(client.queryOrder(ORDER, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> assertThat(observed.standing()).isEqualTo(Standing.UNCLEAR));
  }

  @Test
  void aRefundThatWentThroughIsAFactOfItsOwnAmount() {
    provider.answers(AlipayAnswers.signed(AlipayAnswers.REFUND_QUERY, AlipayAnswers.refund()));
    Outcome.Told told = (Outcome.Told) client.queryRefund(REFUND, ASK);
    assertThat(told.standing()).isEqualTo(Standing.REFUND_SETTLED);
    RefundFact fact = told.notifications().get(0).refund();
    assertThat(fact.refundId()).isEqualTo("R-1");
    assertThat(fact.amountMinor()).isEqualTo(500);
    assertThat(fact.refundedTotalMinor()).isNull();
    assertThat(fact.transactionAmountMinor()).isEqualTo(1200);
    assertThat(fact.occurredAt()).isEqualTo(Instant.parse("2026-02-01T12:00:00Z"));
    assertThat(AlipayFixture.account().judgeAgain(told.notifications().get(0)))
        .isEqualTo(new Verdict.Authentic(told.notifications()));
  }

  @Test
  void aRefundThatAlipayDidNotFindIsNoStrangersAnswer() {
    provider.answers(AlipayAnswers.signed(AlipayAnswers.REFUND_QUERY, AlipayAnswers.success()));
    assertThat(client.queryRefund(REFUND, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> {
              assertThat(observed.standing()).isEqualTo(Standing.UNCLEAR);
              assertThat(observed.named()).isFalse();
            });
    // Of an order, success alone answers nothing.
    provider.answers(AlipayAnswers.signed(AlipayAnswers.QUERY, AlipayAnswers.success()));
    assertThat(doubt(client.queryOrder(ORDER, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void aCodeOfSuccessAloneRefundsNothing() {
    ObjectNode silent = AlipayAnswers.refund();
    silent.remove("refund_status");
    provider.answers(AlipayAnswers.signed(AlipayAnswers.REFUND_QUERY, silent));
    assertThat(client.queryRefund(REFUND, ASK))
        .isInstanceOfSatisfying(
            Outcome.Observed.class,
            observed -> assertThat(observed.standing()).isEqualTo(Standing.UNCLEAR));
    provider.answers(
        AlipayAnswers.signed(
            AlipayAnswers.REFUND_QUERY,
            AlipayAnswers.refund().put("refund_status", "REFUND_PROCESSING")));
    assertThat(((Outcome.Observed) client.queryRefund(REFUND, ASK)).standing())
        .isEqualTo(Standing.REFUND_PENDING);
  }

  @ParameterizedTest
  @CsvSource({"out_request_no, R-2", "trade_no, 2026013122009", "out_trade_no, ORDER-2"})
  void aRefundOfAnotherIsRefused(String field, String value) {
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.REFUND_QUERY, AlipayAnswers.refund().put(field, value)));
    assertThat(doubt(client.queryRefund(REFUND, ASK))).isEqualTo(Doubt.ANOTHER_SUBJECT);
  }

  @Test
  void aNoticeIsNoAnswerAndAnAnswerNoNotice() {
    Account account = AlipayFixture.account();
    assertThat(
            account.receiveAnswer(
                Callbacks.received(
                    AlipayFixture.signer().payment(AlipayFixture.NOTICE, Callbacks.NOW))))
        .isInstanceOf(Verdict.Refused.class);
    provider.answers(
        AlipayAnswers.signed(AlipayAnswers.QUERY, AlipayAnswers.paid("TRADE_SUCCESS")));
    PaymentNotification stored = toldBy(client.queryOrder(ORDER, ASK));
    assertThat(account.receive(CallbackRequest.replayOf(stored)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whatItCanNotDoIsSaidBeforeItIsAsked() {
    assertThatThrownBy(() -> client.queryCombined(new CombinedOrder("C-1", "wx1", List.of()), ASK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.refund(new RefundOrder(REFUND, 1, 1, "USD"), ASK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(provider.received()).isEmpty();
  }

  private static Sent signedText(String node, String content) {
    return AlipayAnswers.body(node, content, AlipayAnswers.sign(content, TestKeys.PLATFORM));
  }

  private static Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  private static PaymentNotification toldBy(Outcome outcome) {
    return ((Outcome.Told) outcome).notifications().get(0);
  }

  private static PaymentNotification notice() {
    Verdict verdict =
        AlipayFixture.account()
            .receive(
                Callbacks.received(
                    AlipayFixture.signer().payment(AlipayFixture.NOTICE, Callbacks.NOW)));
    return ((Verdict.Authentic) verdict).notifications().get(0);
  }
}
