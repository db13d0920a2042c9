package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacProtocol;
import io.paidonce.providers.hmac.HmacSigner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A configured source by HTTP, down to what a real broker holds afterwards. */
class HmacCallbackIT {

  private static final HmacConfig HOUSE = Shops.hmac("house", "header");
  private static final HmacConfig IN_QUERY = Shops.hmac("query", "query");

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
    Answer answer = running.send(Shops.HMAC, new HmacSigner(HOUSE).payment(notice, NOW));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"code\":\"SUCCESS\"}");
    assertStored(HOUSE, notice, "hmac:house:");
  }

  @Test
  void aSignatureInTheQueryIsStoredAndAnsweredInTheSourcesOwnWords() {
    PaidNotice notice = Shops.notice(NOW);
    SignedCallback signed = new HmacSigner(IN_QUERY).payment(notice, NOW);
    Answer answer = sendWithQuery(signed, signed.headers().get(CallbackRequest.QUERY));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("[accepted]");
    assertStored(IN_QUERY, notice, "hmac:query:");
  }

  @Test
  void whatNobodySignedIsRefusedAndNotStored() {
    SignedCallback good = new HmacSigner(HOUSE).payment(Shops.notice(NOW), NOW);
    SignedCallback altered =
        new SignedCallback(
            good.headers(),
            RawBytes.of(
                new String(good.body().bytes(), UTF_8).replace("1200", "1201").getBytes(UTF_8)));
    assertRefused(running.send(Shops.HMAC, altered));
    SignedCallback old = new HmacSigner(HOUSE).payment(Shops.notice(NOW), NOW.minusSeconds(301));
    assertRefused(running.send(Shops.HMAC, old));
    SignedCallback query = new HmacSigner(IN_QUERY).payment(Shops.notice(NOW), NOW);
    // No header can pass for the query.
    assertRefused(
        sendWithQuery(
            new SignedCallback(Map.of("x-signature", "00", "x-timestamp", "1"), query.body()),
            null));
    assertThat(running.notifications.read()).isEmpty();
    assertThat(running.rejections.read().stream().map(r -> r.value().rejection()))
        .contains(Rejection.SIGNATURE_MISMATCH);
  }

  private static Answer sendWithQuery(SignedCallback callback, @Nullable String query) {
    Map<String, String> headers = new HashMap<>(callback.headers());
    headers.remove(CallbackRequest.QUERY);
    return running.send(
        Shops.HMAC_IN_QUERY + (query == null ? "" : "?" + query),
        new SignedCallback(headers, callback.body()));
  }

  private static void assertStored(HmacConfig config, PaidNotice notice, String keyPrefix) {
    List<TopicTail.Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored).hasSize(1);
    PaymentNotification notification = stored.get(0).value();
    assertThat(stored.get(0).key()).isEqualTo(keyPrefix + notice.transactionId());
    assertThat(notification.orderNo()).isEqualTo(notice.orderNo());
    assertThat(notification.payment().amountMinor()).isEqualTo(1_200);
    assertThat(
            new HmacProtocol().open(config, Problems.none()).orElseThrow().judgeAgain(notification))
        .isInstanceOf(Verdict.Authentic.class);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"code\":\"FAIL\"}");
  }
}
