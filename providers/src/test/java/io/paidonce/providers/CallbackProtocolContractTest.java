package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Topics;
import io.paidonce.providers.alipay.AlipaySample;
import io.paidonce.providers.hmac.HmacSample;
import io.paidonce.providers.wechatv2.WechatV2Sample;
import io.paidonce.providers.wechatv3.WechatV3Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every protocol. A new one brings its sample and changes nothing else here. */
class CallbackProtocolContractTest {

  private static final List<ProtocolSample> SAMPLES =
      List.of(new WechatV3Sample(), new AlipaySample(), new HmacSample(), new WechatV2Sample());
  private static final int MUTATIONS = 20_000;
  private static final String INSERTED = "%&=+\n\0\"{}[]:, 0A";

  static Stream<ProtocolSample> samples() {
    return Protocols.all().stream().map(CallbackProtocolContractTest::sampleOf);
  }

  @Test
  void idsAreDistinctAndFoundAgain() {
    assertThat(Protocols.all()).extracting(CallbackProtocol::id).doesNotHaveDuplicates();
    assertThat(Protocols.all())
        .allSatisfy(p -> assertThat(Protocols.byId(p.id()).orElseThrow()).isSameAs(p));
    assertThat(Protocols.byId("")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoodRequestIsAuthentic(ProtocolSample sample) {
    PaymentNotification notification = onlyNotification(sample, good(sample));
    CallbackSigner.PaidNotice notice = sample.notice();
    assertThat(notification.kind()).isEqualTo(NotificationKind.PAYMENT);
    assertThat(notification.protocol()).isEqualTo(sample.protocolId());
    assertThat(notification.provider()).isEqualTo(protocol(sample).provider());
    assertThat(notification.account()).isEqualTo(sample.account().id());
    assertThat(notification.shop()).isEqualTo(sample.account().shop());
    assertThat(notification.orderNo()).isEqualTo(notice.orderNo());
    assertThat(notification.notificationId()).isEqualTo(notice.notificationId());
    assertThat(notification.deliveryId()).isEqualTo(Callbacks.DELIVERY);
    assertThat(notification.receivedAt()).isEqualTo(Callbacks.NOW);
    assertThat(notification.payment().amountMinor()).isEqualTo(notice.amountMinor());
    assertThat(notification.payment().currency()).isEqualTo(notice.currency());
    assertThat(notification.payment().transactionId()).isEqualTo(notice.transactionId());
    assertThat(notification.payment().occurredAt()).isEqualTo(notice.paidAt());
    assertThat(notification.payment().payee()).isEqualTo(notification.payment().expectedPayee());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoodRefundIsAuthentic(ProtocolSample sample) {
    PaymentNotification notification = notifications(sample, refund(sample)).get(0);
    CallbackSigner.RefundNotice notice = sample.refund();
    assertThat(notification.kind()).isEqualTo(NotificationKind.REFUND);
    assertThat(notification.account()).isEqualTo(sample.account().id());
    assertThat(notification.orderNo()).isEqualTo(notice.payment().orderNo());
    assertThat(notification.authentication())
        .isEqualTo(sample.signsRefunds() ? Authentication.SIGNED : Authentication.UNSIGNED);
    RefundFact refund = notification.refund();
    assertThat(refund.provider()).isEqualTo(protocol(sample).provider());
    assertThat(refund.account()).isEqualTo(sample.account().id());
    assertThat(refund.transactionId()).isEqualTo(notice.payment().transactionId());
    assertThat(refund.outcome()).isEqualTo(notice.outcome());
    assertThat(refund.merchantRefundNo()).isEqualTo(notice.merchantRefundNo());
    // Each provider states one of the two, of the first refund of a payment they are the same.
    assertThat(Stream.of(refund.amountMinor(), refund.refundedTotalMinor()))
        .containsOnlyOnce(notice.amountMinor());
    assertThat(refund.transactionAmountMinor()).isEqualTo(notice.payment().amountMinor());
    assertThat(refund.currency()).isEqualTo(notice.payment().currency());
    assertThat(refund.occurredAt()).isEqualTo(notice.refundedAt());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRefundAndItsPaymentAreOfOneTransaction(ProtocolSample sample) {
    assertThat(notifications(sample, refund(sample)))
        .extracting(PaymentNotification::key)
        .containsOnly(onlyNotification(sample, good(sample)).key());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void storedEvidenceVerifiesAgain(ProtocolSample sample) throws Exception {
    for (CallbackRequest good : List.of(good(sample), refund(sample))) {
      List<PaymentNotification> notifications = notifications(sample, good);
      for (PaymentNotification notification : notifications) {
        byte[] stored = Topics.PAYMENT_NOTIFICATIONS.json().write(notification);
        PaymentNotification read = Topics.PAYMENT_NOTIFICATIONS.json().read(stored);
        assertThat(sample.account().receive(CallbackRequest.replayOf(read)))
            .isEqualTo(new Verdict.Authentic(notifications));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void alteredEvidenceDoesNot(ProtocolSample sample) {
    PaymentNotification notification = onlyNotification(sample, good(sample));
    Evidence evidence = notification.evidence();
    byte[] altered = flipped(evidence.body().bytes(), evidence.body().length() / 2);
    CallbackRequest replay = CallbackRequest.replayOf(notification);
    assertRefused(sample, Callbacks.withBody(replay, altered), "evidence");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFlippedByteOfTheBodyIsRefused(ProtocolSample sample) {
    for (CallbackRequest good : goodOnes(sample)) {
      byte[] body = good.body().bytes();
      for (int i = 0; i < body.length; i++) {
        assertRefused(sample, Callbacks.withBody(good, flipped(body, i)), "byte " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFlippedCharacterOfASignatureFieldIsRefused(ProtocolSample sample) {
    CallbackRequest good = good(sample);
    for (String field : sample.signatureFields()) {
      byte[] value = sample.value(good, field).getBytes(ISO_8859_1);
      for (int i = 0; i < value.length; i++) {
        String altered = new String(flipped(value, i), ISO_8859_1);
        CallbackRequest request = sample.with(good, field, List.of(altered));
        assertRefused(sample, request, field + " at " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSignatureFieldThatIsAbsentBlankOrDoubledIsRefused(ProtocolSample sample) {
    CallbackRequest good = good(sample);
    for (String field : sample.signatureFields()) {
      String value = sample.value(good, field);
      assertThat(rejection(sample, sample.with(good, field, List.of())))
          .isEqualTo(Rejection.MISSING_SIGNATURE_FIELD);
      assertThat(rejection(sample, sample.with(good, field, List.of(""))))
          .isEqualTo(Rejection.MISSING_SIGNATURE_FIELD);
      assertThat(rejection(sample, sample.with(good, field, List.of("  "))))
          .isEqualTo(Rejection.MISSING_SIGNATURE_FIELD);
      assertThat(rejection(sample, sample.with(good, field, List.of(value, value))))
          .isEqualTo(Rejection.REPEATED_SIGNATURE_FIELD);
      assertRefused(sample, sample.with(good, field, List.of("null")), field);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whereItComesFromChangesNothing(ProtocolSample sample) {
    CallbackRequest forged = Callbacks.withBody(good(sample), flipped(good(sample), 10));
    for (String name : List.of("host", "x-forwarded-host", "x-forwarded-for", "forwarded")) {
      for (String value : List.of("localhost", "127.0.0.1", "::1", "for=127.0.0.1")) {
        assertRefused(sample, Callbacks.withHeader(forged, name, List.of(value)), name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theAnswersAreTheProvidersOwn(ProtocolSample sample) {
    assertThat(protocol(sample).accepted()).isEqualTo(sample.accepted());
    for (Rejection rejection : Rejection.values()) {
      assertThat(protocol(sample).declined(rejection))
          .isEqualTo(sample.declinedWith(rejection.httpStatus()));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void randomMutationsAreNeverAuthenticAndNeverThrow(ProtocolSample sample) {
    long seed = 20260131L;
    Random random = new Random(seed);
    List<CallbackRequest> goodOnes = goodOnes(sample);
    int different = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      CallbackRequest good = goodOnes.get(i % goodOnes.size());
      CallbackRequest mutated = mutated(good, sample, random);
      if (!sample.sameContent(good, mutated)) {
        different++;
        assertRefused(sample, mutated, "mutation " + i + " of seed " + seed);
      }
    }
    assertThat(different).as("mutations that change something").isGreaterThan(MUTATIONS / 2);
  }

  private static CallbackRequest mutated(
      CallbackRequest good, ProtocolSample sample, Random random) {
    CallbackRequest mutated = good;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<String> fields = sample.signatureFields();
      String field = fields.get(random.nextInt(fields.size()));
      boolean inField = random.nextInt(3) == 0 && present(sample, mutated, field);
      if (inField) {
        byte[] value = sample.value(mutated, field).getBytes(ISO_8859_1);
        String other = new String(mutated(value, random), ISO_8859_1);
        mutated = sample.with(mutated, field, List.of(other));
      } else {
        mutated = Callbacks.withBody(mutated, mutated(mutated.body().bytes(), random));
      }
    }
    return mutated;
  }

  private static boolean present(ProtocolSample sample, CallbackRequest request, String field) {
    try {
      return !sample.value(request, field).isEmpty();
    } catch (RuntimeException e) {
      // An earlier mutation broke the form itself.
      return false;
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    byte[] copy = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> copy = Arrays.copyOf(bytes, at);
      case 3 -> copy = Arrays.copyOfRange(bytes, at, bytes.length);
      case 4 -> {
        copy = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, copy, at + 1, bytes.length - at);
        copy[at] = (byte) INSERTED.charAt(random.nextInt(INSERTED.length()));
      }
      default -> {
        int other = random.nextInt(bytes.length);
        copy[at] = bytes[other];
        copy[other] = bytes[at];
      }
    }
    return copy;
  }

  // The lowest bit never leads from one spelling of the same content to another, as bit 5 does
  // between the cases of a hex digit.
  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static byte[] flipped(CallbackRequest request, int at) {
    return flipped(request.body().bytes(), at);
  }

  private static void assertRefused(ProtocolSample sample, CallbackRequest request, String what) {
    Verdict verdict = sample.account().receive(request);
    assertThat(verdict).as(what).isInstanceOf(Verdict.Refused.class);
    assertThat(((Verdict.Refused) verdict).rejection().httpStatus()).as(what).isBetween(400, 499);
  }

  private static Rejection rejection(ProtocolSample sample, CallbackRequest request) {
    return ((Verdict.Refused) sample.account().receive(request)).rejection();
  }

  private static CallbackRequest good(ProtocolSample sample) {
    return Callbacks.received(sample.signer().payment(sample.notice(), Callbacks.NOW));
  }

  private static CallbackRequest refund(ProtocolSample sample) {
    return Callbacks.received(sample.signer().refund(sample.refund(), Callbacks.NOW));
  }

  private static List<CallbackRequest> goodOnes(ProtocolSample sample) {
    return sample.signsRefunds() ? List.of(good(sample), refund(sample)) : List.of(good(sample));
  }

  private static List<PaymentNotification> notifications(
      ProtocolSample sample, CallbackRequest request) {
    return ((Verdict.Authentic) sample.account().receive(request)).notifications();
  }

  private static PaymentNotification onlyNotification(
      ProtocolSample sample, CallbackRequest request) {
    List<PaymentNotification> notifications = notifications(sample, request);
    assertThat(notifications).hasSize(1);
    return notifications.get(0);
  }

  private static CallbackProtocol<?> protocol(ProtocolSample sample) {
    return Protocols.byId(sample.protocolId()).orElseThrow();
  }

  private static ProtocolSample sampleOf(CallbackProtocol<?> protocol) {
    return SAMPLES.stream()
        .filter(sample -> sample.protocolId().equals(protocol.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of " + protocol.id()));
  }
}
