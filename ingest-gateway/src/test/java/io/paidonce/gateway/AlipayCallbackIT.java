package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.gateway.TopicTail.Received;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alipay's notices by HTTP, down to what a real broker holds afterwards. */
class AlipayCallbackIT {

  private static final AlipaySigner SIGNER = Shops.alipaySigner();

  private static RunningGateway running;

  @BeforeAll
  static void start() {
    running = RunningGateway.onTheSharedBroker();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aPaymentIsStoredWhenItIsAcknowledged() {
    PaidNotice notice = Shops.notice(NOW);
    SignedCallback callback = SIGNER.payment(notice, NOW);
    assertAccepted(running.send(Shops.ALIPAY, callback));

    List<Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored).hasSize(1);
    PaymentNotification notification = stored.get(0).value();
    assertThat(stored.get(0).key()).isEqualTo("alipay:2021000000000001:" + notice.transactionId());
    assertThat(notification.orderNo()).isEqualTo(notice.orderNo());
    assertThat(notification.payment().amountMinor()).isEqualTo(1_200);
    assertThat(notification.evidence().body()).isEqualTo(callback.body());
    assertThat(
            new AlipayProtocol()
                .open(Shops.alipay(), Problems.none())
                .orElseThrow()
                .receive(CallbackRequest.replayOf(notification)))
        .isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void aDuplicateIsAcknowledgedLikeTheFirst() {
    SignedCallback callback = SIGNER.payment(Shops.notice(NOW), NOW);
    assertAccepted(running.send(Shops.ALIPAY, callback));
    assertAccepted(running.send(Shops.ALIPAY, callback));
    assertThat(running.notifications.read()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1+1 for one", "50% off & more=better", "订单", "<b>\"quoted\"</b>"})
  void whatASubjectHoldsSurvivesItsEncoding(String subject) {
    SortedMap<String, String> parameters = SIGNER.parameters(Shops.notice(NOW), NOW);
    parameters.put("subject", subject);
    assertAccepted(running.send(Shops.ALIPAY, SIGNER.form(parameters)));
    assertThat(running.notifications.read()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatWasTamperedWithIsRefused(String how, UnaryOperator<String> tampering) {
    SignedCallback good = SIGNER.payment(Shops.notice(NOW), NOW);
    String body = new String(good.body().bytes(), US_ASCII);
    String tampered = tampering.apply(body);
    assertThat(tampered).isNotEqualTo(body);
    Answer answer =
        running.send(
            Shops.ALIPAY,
            new SignedCallback(good.headers(), RawBytes.of(tampered.getBytes(US_ASCII))));
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.body()).isEqualTo("fail");
    assertThat(running.notifications.read()).isEmpty();
    assertThat(running.deadLetters.read()).isEmpty();
  }

  static Stream<Arguments> whatWasTamperedWithIsRefused() {
    return Stream.of(
        tampering(
            "another amount", body -> body.replace("total_amount=12.00", "total_amount=1.00")),
        tampering("another order", body -> body.replace("out_trade_no=o", "out_trade_no=p")),
        tampering("a parameter more", body -> body + "&extra=1"),
        tampering("a doubled parameter", body -> body + "&total_amount=12.00"),
        tampering("a doubled signature", body -> body + "&sign=x"),
        tampering("sign_type=RSA", body -> body.replace("sign_type=RSA2", "sign_type=RSA")),
        tampering("no sign_type", body -> body.replace("&sign_type=RSA2", "")),
        tampering("an empty signature", body -> body.replaceAll("sign=[^&]*", "sign=")),
        tampering("no signature", body -> body.replaceAll("&?sign=[^&]*", "")),
        tampering("a flipped signature", body -> body.replaceAll("sign=.", "sign=-")),
        tampering("a broken escape", body -> body.replaceFirst("subject=", "subject=%G1")),
        tampering("nothing", body -> ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-12.00", "12.001", "1e2", "twelve", "0x10", " 12.00", "0.00"})
  void anAmountThatIsNoneIsKeptAndAcknowledged(String amount) {
    SortedMap<String, String> parameters = SIGNER.parameters(Shops.notice(NOW), NOW);
    parameters.put("total_amount", amount);
    assertAccepted(running.send(Shops.ALIPAY, SIGNER.form(parameters)));
    assertThat(running.deadLetters.read()).hasSize(1);
    assertThat(running.notifications.read()).isEmpty();
  }

  @Test
  void aRefundIsTwoFactsOfOneTransactionTheRefundFirst() {
    PaidNotice payment = Shops.notice(NOW);
    RefundNotice refund =
        new RefundNotice(
            "notice-r", payment, "", "R-1", RefundOutcome.SUCCEEDED, 1_200, 1_200, NOW);
    assertAccepted(running.send(Shops.ALIPAY, SIGNER.refund(refund, NOW)));
    List<Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored)
        .extracting(r -> r.value().kind())
        .containsExactly(NotificationKind.REFUND, NotificationKind.PAYMENT);
    assertThat(stored)
        .extracting(Received::key)
        .containsOnly("alipay:2021000000000001:" + payment.transactionId());
  }

  @Test
  void anUnknownStatusIsStoredAsSuchAndAcknowledged() {
    SortedMap<String, String> parameters = SIGNER.parameters(Shops.notice(NOW), NOW);
    parameters.put("trade_status", "TRADE_PONDERED");
    assertAccepted(running.send(Shops.ALIPAY, SIGNER.form(parameters)));
    assertThat(running.notifications.read())
        .singleElement()
        .satisfies(r -> assertThat(r.value().kind()).isEqualTo(NotificationKind.UNRECOGNISED));
  }

  @Test
  void theBrowsersReturnIsNoProofOfPayment() {
    SignedCallback callback = SIGNER.payment(Shops.notice(NOW), NOW);
    String query = new String(callback.body().bytes(), US_ASCII);
    Answer answer =
        running.sendRaw("GET " + Shops.ALIPAY + "?" + query + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(running.notifications.read()).isEmpty();
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().getBytes(US_ASCII))
        .isEqualTo(new byte[] {'s', 'u', 'c', 'c', 'e', 's', 's'});
    assertThat(answer.headers()).containsEntry("content-length", "7");
  }

  private static Arguments tampering(String how, UnaryOperator<String> tampering) {
    return Arguments.of(how, tampering);
  }
}
