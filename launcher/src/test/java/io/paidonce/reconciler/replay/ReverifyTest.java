package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.reconciler.proof.SignedTraffic;
import io.paidonce.reconciler.replay.ReplayReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The raw evidence of each notification is verified again, and a forged one is named. */
class ReverifyTest {

  // Of the notifications of SignedTraffic, in their order.
  private static final int WECHAT_V3 = 0;
  private static final int ALIPAY = 1;
  private static final int WECHAT_V2 = 2;

  @TempDir private static Path stateDir;
  private static MemoryLog day;

  @BeforeAll
  static void play() {
    day = SignedTraffic.play(stateDir.resolve("state"));
  }

  private static ReplayReport reverify(
      MemoryLog log, ReplayRange range, List<AccountConfig> accounts) {
    return reverify(log, range, EvidenceCheck.of(accounts));
  }

  private static ReplayReport reverify(MemoryLog log, ReplayRange range, EvidenceCheck evidence) {
    ReplayConfig config = new ReplayConfig("nowhere", "group", null, Duration.ZERO, 2);
    return new Replay(log, null, range, config, Scratch.NONE, new Tally(), evidence).run();
  }

  private static ReplayReport reverify(MemoryLog log) {
    return reverify(log, ReplayRange.ALL, SignedTraffic.accounts());
  }

  private static MemoryLog changed(
      int place, UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
    MemoryLog log = day.copy();
    log.replace(Topics.PAYMENT_NOTIFICATIONS, place, change);
    return log;
  }

  /** Another body in the place of what was received; the record's own hash fits again. */
  static UnaryOperator<ConsumerRecord<byte[], byte[]>> body(String was, String is) {
    return record -> {
      try {
        RawBytes body =
            Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value()).evidence().body();
        String text = new String(body.bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(was);
        return MemoryLogEdits.text(base64(text), base64(text.replace(was, is))).apply(record);
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Difference only(ReplayReport report) {
    assertThat(report.outcome()).isEqualTo(Outcome.DIFFERENT);
    assertThat(report.shown()).hasSize(1);
    return report.shown().get(0);
  }

  @Test
  void whatTheProvidersSignedIsAuthenticStill() {
    ReplayReport report = reverify(day);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).isEmpty();
    assertThat(report.agreed().get(Reverification.EVIDENCE))
        .isEqualTo(day.records(Topics.PAYMENT_NOTIFICATIONS).size());
  }

  @Test
  void withoutBeingAskedNoEvidenceIsRead() {
    ReplayConfig config = new ReplayConfig("nowhere", "group", null, Duration.ZERO, 2);
    MemoryLog log = changed(ALIPAY, body("total_amount=12.00", "total_amount=13.00"));
    ReplayReport report = new Replay(log, null, ReplayRange.ALL, config, new Tally()).run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.agreed()).doesNotContainKey(Reverification.EVIDENCE);
  }

  @Test
  void aForgedRawBodyIsFoundAndNamed() {
    Difference forged =
        only(reverify(changed(ALIPAY, body("total_amount=12.00", "total_amount=13.00"))));
    assertThat(forged.kind()).isEqualTo(DifferenceKind.EVIDENCE_DIFFERS);
    assertThat(forged.at()).hasToString("payment-notifications-0@1");
    assertThat(forged.order()).isEqualTo("tea:B1");
    assertThat(forged.detail()).startsWith("SIGNATURE_MISMATCH");
  }

  @Test
  void aForgedCiphertextAndAForgedXmlAreFound() {
    assertThat(
            only(reverify(changed(WECHAT_V3, body("\"event_type\":\"TR", "\"event_type\":\"TX"))))
                .detail())
        .startsWith("SIGNATURE_MISMATCH");
    assertThat(only(reverify(changed(WECHAT_V2, body("1200", "9200")))).kind())
        .isEqualTo(DifferenceKind.EVIDENCE_DIFFERS);
  }

  @Test
  void factsThatTheEvidenceDoesNotStateAreFound() {
    MemoryLog log =
        changed(ALIPAY, MemoryLogEdits.text("\"amountMinor\":1200", "\"amountMinor\":1"));
    assertThat(reverify(log).shown())
        .anyMatch(
            one ->
                one.kind() == DifferenceKind.EVIDENCE_DIFFERS
                    && one.detail().equals("its facts are not those of its evidence"));
  }

  @Test
  void aKeyThatIsNotConfiguredAnyMoreCountsNeitherWay() {
    AlipayConfig known = (AlipayConfig) SignedTraffic.ALIPAY_CONFIG;
    AccountConfig rotated =
        new AlipayConfig(
            known.protocol(),
            known.id(),
            known.shop(),
            known.sellerId(),
            List.of(KeyText.publicKeyBase64(KeyText.newRsaKeyPair().getPublic())),
            null);
    ReplayReport report =
        reverify(day, ReplayRange.ALL, List.of(SignedTraffic.WECHAT_V3_CONFIG, rotated));
    assertThat(report.shown()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.UNTOLD);
    // The rotated key's, and those of the account that is not configured at all.
    assertThat(report.untold()).containsOnlyKeys(Untold.KEY_UNKNOWN);
    assertThat(report.untold()).containsEntry(Untold.KEY_UNKNOWN, 2L);
    assertThat(report.agreed()).containsEntry(Reverification.EVIDENCE, 2L);
  }

  @Test
  void aKeyIsValidToItsEndAndNotAfterwards() throws Exception {
    ConsumerRecord<byte[], byte[]> record = day.records(Topics.PAYMENT_NOTIFICATIONS).get(ALIPAY);
    PaymentNotification told = Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value());
    assertThat(ending(told, told.receivedAt()).shown()).isEmpty();
    Difference late = only(ending(told, told.receivedAt().minusMillis(1)));
    assertThat(late.kind()).isEqualTo(DifferenceKind.EVIDENCE_DIFFERS);
    assertThat(late.at()).hasToString("payment-notifications-0@1");
    assertThat(late.detail()).startsWith("KEY_RETIRED").contains(told.evidence().keyId());
  }

  private static ReplayReport ending(PaymentNotification told, Instant end) {
    return reverify(
        day,
        ReplayRange.ALL,
        EvidenceCheck.of(
            SignedTraffic.accounts(),
            Map.of(
                EvidenceCheck.name(told.protocol(), told.account()),
                Map.of(told.evidence().keyId(), end))));
  }

  @Test
  void aKeyThatTheForgerNamesIsNoWayRoundTheOneThatTheBytesName() {
    MemoryLog log =
        changed(
            WECHAT_V3,
            record ->
                MemoryLogEdits.text(
                        "\"keyId\":\"" + SignedTraffic.KEY_ID, "\"keyId\":\"PUB_KEY_ID_9")
                    .apply(body("\"event_type\":\"TR", "\"event_type\":\"TX").apply(record)));
    assertThat(only(reverify(log)).kind()).isEqualTo(DifferenceKind.EVIDENCE_DIFFERS);
  }

  @Test
  void onlyTheRangeIsVerified() {
    ReplayRange order = new ReplayRange(null, null, null, SignedTraffic.ALIPAY);
    MemoryLog log = changed(WECHAT_V2, body("1200", "9200"));
    ReplayReport report = reverify(log, order, SignedTraffic.accounts());
    assertThat(report.shown()).isEmpty();
    assertThat(report.agreed()).containsEntry(Reverification.EVIDENCE, 1L);
    ReplayRange later = new ReplayRange(SignedTraffic.START.plusSeconds(3600), null, null, null);
    assertThat(reverify(log, later, SignedTraffic.accounts()).agreed())
        .doesNotContainKey(Reverification.EVIDENCE);
  }
}
