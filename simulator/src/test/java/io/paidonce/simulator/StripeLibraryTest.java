package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacProtocol;
import io.paidonce.providers.hmac.HmacSecret;
import io.paidonce.providers.hmac.HmacSigner;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stripe's own library and the preset: what one signs the other accepts. */
class StripeLibraryTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final PaidNotice NOTICE =
      new PaidNotice("evt_1", "pi_3MtwBwLkdIwHu7ix28a3tqPa", "ORDER-1", 1200, "EUR", NOW);
  private static final String THEIR_EVENT =
      """
      {
        "id": "evt_1MtwBwLkdIwHu7ix",
        "object": "event",
        "api_version": "2024-09-30.acacia",
        "created": 1769860800,
        "livemode": true,
        "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null},
        "type": "payment_intent.succeeded",
        "data": {"object": {
          "id": "pi_3MtwBwLkdIwHu7ix28a3tqPa", "object": "payment_intent", "amount": 1200,
          "amount_received": 1200, "currency": "eur", "livemode": true,
          "metadata": {"order_no": "ORDER-1"}, "status": "succeeded"}}
      }
      """;

  private final HmacConfig config =
      new HmacConfig(
          "hmac",
          "stripe-eu",
          "s1",
          "stripe",
          List.of(new HmacSecret("2026-01", Secret.of(SECRET), null)),
          null,
          null,
          null);
  private final HmacSigner signer = new HmacSigner(config);
  private final Account account = new HmacProtocol().open(config, Problems.none()).orElseThrow();

  @Test
  void theLibraryAcceptsWhatIsSimulated() throws SignatureVerificationException {
    Event paid = constructed(signer.payment(NOTICE, NOW), 0);
    assertThat(paid.getId()).isEqualTo("evt_1");
    assertThat(paid.getType()).isEqualTo("payment_intent.succeeded");

    RefundNotice refund =
        new RefundNotice("evt_2", NOTICE, "", null, RefundOutcome.SUCCEEDED, 500, 500, NOW);
    assertThat(constructed(signer.refund(refund, NOW), 0).getType()).isEqualTo("charge.refunded");
  }

  @Test
  void whatTheLibrarySignsIsAccepted() throws Exception {
    PaymentNotification told =
        ((Verdict.Authentic) received(signedByTheLibrary(THEIR_EVENT), 0)).notifications().get(0);
    assertThat(told.kind()).isEqualTo(NotificationKind.PAYMENT);
    assertThat(told.orderNo()).isEqualTo("ORDER-1");
    assertThat(told.payment().transactionId()).isEqualTo("pi_3MtwBwLkdIwHu7ix28a3tqPa");
    assertThat(told.payment().amountMinor()).isEqualTo(1200);
    assertThat(told.payment().currency()).isEqualTo("EUR");
  }

  @Test
  void bothRefuseWhatWasAlteredOrIsOld() throws Exception {
    SignedCallback good = signer.payment(NOTICE, NOW);
    SignedCallback altered =
        new SignedCallback(
            good.headers(), RawBytes.of(text(good).replace("1200", "1201").getBytes(UTF_8)));
    assertThatThrownBy(() -> constructed(altered, 0))
        .isInstanceOf(SignatureVerificationException.class);
    assertThat(rejection(altered, 0)).isEqualTo(Rejection.SIGNATURE_MISMATCH);

    assertThatThrownBy(() -> constructed(good, 301))
        .isInstanceOf(SignatureVerificationException.class);
    assertThat(rejection(good, 301)).isEqualTo(Rejection.STALE_TIMESTAMP);
    assertThat(constructed(good, 300).getId()).isEqualTo("evt_1");
    assertThat(received(good, 300)).isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void aTimeFarAheadPassesTheLibraryAndNotUs() throws Exception {
    SignedCallback good = signer.payment(NOTICE, NOW);
    assertThat(constructed(good, -86_400).getId()).isEqualTo("evt_1");
    assertThat(rejection(good, -86_400)).isEqualTo(Rejection.STALE_TIMESTAMP);
  }

  private static SignedCallback signedByTheLibrary(String payload) throws Exception {
    String mac = Webhook.Util.computeHmacSha256(SECRET, NOW.getEpochSecond() + "." + payload);
    return new SignedCallback(
        Map.of("stripe-signature", "t=" + NOW.getEpochSecond() + ",v1=" + mac + ",v0=" + mac),
        RawBytes.of(payload.getBytes(UTF_8)));
  }

  private static Event constructed(SignedCallback sent, long secondsLater)
      throws SignatureVerificationException {
    return Webhook.constructEvent(
        text(sent),
        sent.headers().get("stripe-signature"),
        SECRET,
        300,
        Clock.fixed(NOW.plusSeconds(secondsLater), ZoneOffset.UTC));
  }

  private Verdict received(SignedCallback sent, long secondsLater) {
    return account.receive(
        new CallbackRequest(
            Map.of("stripe-signature", List.of(sent.headers().get("stripe-signature"))),
            sent.body(),
            NOW.plusSeconds(secondsLater),
            "d"));
  }

  private Rejection rejection(SignedCallback sent, long secondsLater) {
    return ((Verdict.Refused) received(sent, secondsLater)).rejection();
  }

  private static String text(SignedCallback sent) {
    return new String(sent.body().bytes(), UTF_8);
  }
}
