package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Rejection;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.gateway.TopicTail.Received;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WeChat Pay's callbacks by HTTP, down to what a real broker holds afterwards. */
class WechatCallbackIT {

  private static final List<String> SIGNED =
      List.of("Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial");
  private static final WechatV3Signer SIGNER = Shops.wechatSigner();

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
    assertAccepted(running.send(Shops.WECHAT_A, callback));

    List<Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored).hasSize(1);
    PaymentNotification notification = stored.get(0).value();
    assertThat(stored.get(0).key()).isEqualTo("wechat:1900000001:" + notice.transactionId());
    assertThat(notification.shop()).isEqualTo("shop-a");
    assertThat(notification.orderNo()).isEqualTo(notice.orderNo());
    assertThat(notification.payment().amountMinor()).isEqualTo(1_200);
    assertThat(notification.receivedAt()).isEqualTo(NOW);
    assertThat(notification.evidence().body()).isEqualTo(callback.body());
    assertThat(notification.evidence().keyId()).isEqualTo(Shops.KEY_ID_A);
    for (String header : SIGNED) {
      assertThat(notification.evidence().headers())
          .containsEntry(header.toLowerCase(java.util.Locale.ROOT), callback.headers().get(header));
    }
    assertThat(stored.get(0).headers())
        .containsEntry("ce_id", notification.deliveryId() + "/0")
        .containsEntry("ce_type", "io.paidonce.payment-notifications.v3")
        .containsEntry("ce_source", "/paidonce/ingest-gateway")
        .containsEntry("ce_time", NOW.toString())
        .containsKey("traceparent");
    assertThat(judgeAgain(notification)).isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void aDuplicateIsAcknowledgedLikeTheFirst() {
    SignedCallback callback = SIGNER.payment(Shops.notice(NOW), NOW);
    Answer first = running.send(Shops.WECHAT_A, callback);
    assertAccepted(first);
    assertThat(running.send(Shops.WECHAT_A, callback)).isEqualTo(first);
    assertThat(running.notifications.read()).hasSize(2);
  }

  @Test
  void aTimestampJustInsideTheWindowPasses() {
    PaidNotice notice = Shops.notice(NOW);
    assertAccepted(running.send(Shops.WECHAT_A, SIGNER.payment(notice, NOW.minusSeconds(299))));
    assertAccepted(running.send(Shops.WECHAT_A, SIGNER.payment(notice, NOW.plusSeconds(299))));
    assertThat(running.notifications.read()).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatWasTamperedWithIsRefused(
      String how, int status, UnaryOperator<SignedCallback> tampering) {
    SignedCallback good = SIGNER.payment(Shops.notice(NOW), NOW);
    assertRefused(running.send(Shops.WECHAT_A, tampering.apply(good)), status);
  }

  static Stream<Arguments> whatWasTamperedWithIsRefused() {
    List<Arguments> all = new ArrayList<>();
    for (String header : SIGNED) {
      all.add(tampering("flipped " + header, c -> flipped(c, header)));
      all.add(tampering("missing " + header, c -> Shops.without(c, header)));
      all.add(tampering("empty " + header, c -> Shops.with(c, header, "")));
      all.add(tampering("blank " + header, c -> Shops.with(c, header, "   ")));
      all.add(tampering("the word null in " + header, c -> Shops.with(c, header, "null")));
    }
    for (double place : new double[] {0, 0.5, 0.999}) {
      all.add(tampering("flipped body at " + place, c -> flippedBody(c, place)));
    }
    all.add(tampering("a line feed after the body", c -> withBody(c, text(c) + "\n")));
    all.add(tampering("no body", c -> withBody(c, "")));
    all.add(
        tampering(
            "another algorithm",
            c -> Shops.with(c, "Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3")));
    return all.stream();
  }

  @ParameterizedTest
  @ValueSource(ints = {-300, -3_600, 300, 86_400})
  void aTimestampOutsideTheWindowIsRefused(int seconds) {
    SignedCallback stale = SIGNER.payment(Shops.notice(NOW), NOW.plusSeconds(seconds));
    assertRefused(running.send(Shops.WECHAT_A, stale), 401);
  }

  @Test
  void aTimestampThatIsNoNumberIsRefused() {
    SignedCallback good = SIGNER.payment(Shops.notice(NOW), NOW);
    assertRefused(
        running.send(Shops.WECHAT_A, Shops.with(good, "Wechatpay-Timestamp", "yesterday")), 400);
  }

  @Test
  void aDoubledHeaderIsRefused() {
    for (String header : SIGNED) {
      SignedCallback good = SIGNER.payment(Shops.notice(NOW), NOW);
      String lines =
          Shops.headerLines(good.headers()) + header + ": " + good.headers().get(header) + "\r\n";
      assertRefused(running.sendRaw(Shops.request(Shops.WECHAT_A, lines, good)), 401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5157F09EFDC096DE15EBE81A47057A7232F1B8E1", "PUB_KEY_ID_0100", "zz"})
  void anUnknownSerialIsRefused(String keyId) {
    SignedCallback callback = Shops.wechatSignerWithKeyId(keyId).payment(Shops.notice(NOW), NOW);
    assertRefused(running.send(Shops.WECHAT_A, callback), 401);
  }

  @Test
  void aProbeIsRefusedWhetherItDecodesOrNot() {
    PaidNotice notice = Shops.notice(NOW);
    assertRefused(running.send(Shops.WECHAT_A, SIGNER.probe(notice, NOW)), 401);
    assertRefused(running.send(Shops.WECHAT_A, SIGNER.undecodableProbe(notice, NOW)), 401);
    assertAccepted(running.send(Shops.WECHAT_A, SIGNER.payment(notice, NOW)));
    assertThat(running.notifications.read()).as("its retry is no probe").hasSize(1);
  }

  @Test
  void aNameForThisMachineOpensNothing() {
    SignedCallback bad = flippedBody(SIGNER.payment(Shops.notice(NOW), NOW), 0.5);
    for (String trick :
        List.of(
            "X-Forwarded-Host: localhost", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=::1")) {
      String lines = Shops.headerLines(bad.headers()) + trick + "\r\n";
      // Each request already says Host: localhost.
      assertRefused(running.sendRaw(Shops.request(Shops.WECHAT_A, lines, bad)), 401);
    }
  }

  @Test
  void aCallbackOfOneShopIsRefusedAtAnothersPath() {
    SignedCallback ofShopA = SIGNER.payment(Shops.notice(NOW), NOW);
    assertRefused(running.send(Shops.WECHAT_B, ofShopA), 401);
    assertRefused(
        running.send(Shops.WECHAT_B, Shops.with(ofShopA, "Wechatpay-Serial", Shops.KEY_ID_B)), 401);
  }

  @Test
  void anAccountThatIsNotServedIsNotFound() {
    SignedCallback callback = SIGNER.payment(Shops.notice(NOW), NOW);
    assertRefused(running.send("/callbacks/wechat-v3/1900000009", callback), 404);
    assertThat(running.send("/callbacks/wechat-v9/1900000001", callback).status()).isEqualTo(404);
    assertThat(running.notifications.read()).isEmpty();
  }

  @Test
  void contentOfAKeyNotDeployedHereIsNotAcknowledgedAndExplained() {
    running.rejections.read();
    SignedCallback callback = Shops.wechatSignerWithWrongApiKey().payment(Shops.notice(NOW), NOW);
    assertRefused(running.send(Shops.WECHAT_A, callback), 503);
    List<RejectedCallback> recorded = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              running.rejections.read().forEach(r -> recorded.add(r.value()));
              assertThat(recorded)
                  .anySatisfy(
                      r -> {
                        assertThat(r.rejection()).isEqualTo(Rejection.UNDECIPHERABLE);
                        assertThat(r.account()).isEqualTo("1900000001");
                        assertThat(r.bodyBytes()).isEqualTo(callback.body().length());
                      });
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "ciphertext"})
  void anEnvelopeThatDoesNotDecryptIsNotAcknowledged(String field) {
    ObjectNode envelope = envelope(SIGNER.resource(Shops.notice(NOW)).toString());
    ObjectNode resource = (ObjectNode) envelope.get("resource");
    String value = resource.get(field).textValue();
    // The tag is the ciphertext's end.
    int at = field.equals("nonce") ? 0 : value.length() - 6;
    resource.put(field, flipped(value, at));
    assertRefused(running.send(Shops.WECHAT_A, signed(envelope.toString())), 503);
  }

  @Test
  void aCombinedPaymentIsARecordForEachOfItsOrders() {
    PaidNotice one = Shops.notice(NOW);
    PaidNotice other = Shops.notice(NOW);
    CombinedNotice combined =
        new CombinedNotice(one.notificationId(), "combined-1", List.of(one, other));
    assertAccepted(running.send(Shops.WECHAT_A, Shops.wechatSigner().combined(combined, NOW)));
    List<Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored)
        .extracting(Received::key)
        .containsExactlyInAnyOrder(
            "wechat:1900000001:" + one.transactionId(),
            "wechat:1900000001:" + other.transactionId());
    assertThat(stored)
        .extracting(r -> r.value().orderNo())
        .containsExactlyInAnyOrder(one.orderNo(), other.orderNo());
  }

  @Test
  void aRefundIsStoredAsOneAndSomebodyElsesIsKeptAside() {
    PaidNotice payment = Shops.notice(NOW);
    RefundNotice refund =
        new RefundNotice("notice-r", payment, "503", "R-1", RefundOutcome.SUCCEEDED, 200, 200, NOW);
    assertAccepted(running.send(Shops.WECHAT_A, Shops.wechatSigner().refund(refund, NOW)));
    assertThat(running.notifications.read())
        .singleElement()
        .satisfies(r -> assertThat(r.value().kind()).isEqualTo(NotificationKind.REFUND))
        .satisfies(
            r -> assertThat(r.key()).isEqualTo("wechat:1900000001:" + payment.transactionId()));
    WechatV3Signer signer = Shops.wechatSigner();
    ObjectNode someoneElses = signer.resource(refund).put("mchid", "1900000002");
    ObjectNode envelope =
        signer.envelope(
            "notice-s", "REFUND.SUCCESS", "refund", "refund", someoneElses.toString(), NOW);
    assertAccepted(
        running.send(
            Shops.WECHAT_A, signer.body(RawBytes.of(envelope.toString().getBytes(UTF_8)), NOW)));
    assertThat(running.notifications.read()).isEmpty();
    assertThat(running.deadLetters.read())
        .singleElement()
        .satisfies(r -> assertThat(r.value().detail()).contains("someone else's refund"));
  }

  @Test
  void anUnknownEventTypeIsStoredAsSuchAndAcknowledged() {
    ObjectNode envelope = envelope("{\"mchid\":\"1900000001\",\"fine\":true}");
    envelope.put("event_type", "SECURITY_ECHO.SUCCESS");
    assertAccepted(running.send(Shops.WECHAT_A, signed(envelope.toString())));
    assertThat(running.notifications.read())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.value().kind()).isEqualTo(NotificationKind.UNRECOGNISED);
              assertThat(r.value().eventType()).isEqualTo("SECURITY_ECHO.SUCCESS");
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsAuthenticButUnreadableIsKeptAndAcknowledged(
      String how, UnaryOperator<String> spoiling) {
    String resource = SIGNER.resource(Shops.notice(NOW)).toString();
    String spoilt = spoiling.apply(resource);
    assertThat(spoilt).isNotEqualTo(resource);
    SignedCallback callback = signed(envelope(spoilt).toString());
    assertAccepted(running.send(Shops.WECHAT_A, callback));
    assertThat(running.deadLetters.read())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.value().original()).isEqualTo(callback.body());
              assertThat(letter.value().origin()).isEqualTo(Shops.WECHAT_A);
              assertThat(letter.value().headers()).containsKey("wechatpay-signature");
            });
    assertThat(running.notifications.read()).isEmpty();
  }

  static Stream<Arguments> whatIsAuthenticButUnreadableIsKeptAndAcknowledged() {
    return Stream.of(
        spoiling("duplicate key", "\"total\":1200", "\"total\":1,\"total\":1200"),
        spoiling("escaped duplicate key", "\"total\":1200", "\"\\u0074otal\":1,\"total\":1200"),
        spoiling("amount as text", "\"total\":1200", "\"total\":\"1200\""),
        spoiling("negative amount", "\"total\":1200", "\"total\":-1200"),
        spoiling("fractional amount", "\"total\":1200", "\"total\":12.00"),
        spoiling("no amount", "\"total\":1200,", ""));
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
  }

  private static void assertRefused(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"code\":\"FAIL\",\"message\":\"not accepted\"}");
    assertThat(running.notifications.read()).isEmpty();
    assertThat(running.deadLetters.read()).isEmpty();
  }

  private static Verdict judgeAgain(PaymentNotification notification) {
    return new WechatV3Protocol()
        .open(Shops.wechatA(), Problems.none())
        .orElseThrow()
        .receive(CallbackRequest.replayOf(notification));
  }

  private static ObjectNode envelope(String resource) {
    return SIGNER.envelope(
        "notice", "TRANSACTION.SUCCESS", "transaction", "transaction", resource, NOW);
  }

  private static SignedCallback signed(String body) {
    return SIGNER.body(RawBytes.of(body.getBytes(UTF_8)), NOW);
  }

  private static Arguments tampering(String how, UnaryOperator<SignedCallback> tampering) {
    int status = how.endsWith("null in Wechatpay-Timestamp") ? 400 : 401;
    return Arguments.of(how, status, tampering);
  }

  private static Arguments spoiling(String how, String from, String to) {
    UnaryOperator<String> spoiling = resource -> resource.replace(from, to);
    return Arguments.of(how, spoiling);
  }

  private static SignedCallback flipped(SignedCallback callback, String header) {
    String value = callback.headers().get(header);
    return Shops.with(callback, header, flipped(value, value.length() - 6));
  }

  private static String flipped(String text, int at) {
    char other = text.charAt(at) == '1' ? '2' : '1';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  private static SignedCallback flippedBody(SignedCallback callback, double place) {
    byte[] body = callback.body().bytes().clone();
    body[(int) (body.length * place)] ^= 1;
    return new SignedCallback(callback.headers(), RawBytes.of(body));
  }

  private static SignedCallback withBody(SignedCallback callback, String body) {
    return new SignedCallback(callback.headers(), RawBytes.of(body.getBytes(UTF_8)));
  }

  private static String text(SignedCallback callback) {
    return new String(callback.body().bytes(), UTF_8);
  }
}
