package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.reconciler.proof.ProofReport.Outcome;
import io.paidonce.reconciler.replay.MemoryLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bundle holds where it was left alone, and whatever is changed in it fails and says where:
 * single bytes by the chain, and what a forger chains anew by the signatures and the fold.
 */
class ProofTest {

  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir private static Path stateDir;
  private static MemoryLog log;
  private static byte[] ofAlipay;

  @BeforeAll
  static void play() {
    log = SignedTraffic.play(stateDir.resolve("state"));
    ofAlipay = make(SignedTraffic.ALIPAY).zip().bytes();
  }

  private static ProofMaker.Made make(OrderKey order) {
    return make(log, order, SignedTraffic.accounts());
  }

  private static ProofMaker.Made make(
      MemoryLog from, OrderKey order, List<AccountConfig> accounts) {
    return make(from, order, new ProofMaker.Keys(accounts, Map.of()));
  }

  private static ProofMaker.Made make(MemoryLog from, OrderKey order, ProofMaker.Keys keys) {
    return ProofMaker.make(from, order, SignedTraffic.places(log, order), keys, NOW, read -> {});
  }

  private static Bundle bundle(OrderKey order) throws BadBundleException {
    return Bundle.read(make(order).zip().bytes()).bundle();
  }

  @Test
  void anOrderPaidByASignedFormIsProvedWhole() {
    ProofReport report = ProofCheck.check(ofAlipay);
    assertThat(report.faults()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(report.order()).isEqualTo("tea:B1");
    assertThat(report.limits()).isEmpty();
    assertThat(report.holds())
        .contains(
            "1 notifications are what their provider signed, by the public keys in the bundle",
            "2 changes of the order follow from them, byte by byte");
  }

  @Test
  void ofAnEncryptedCallbackTheCiphertextIsProvedAndTheContentIsGivenBesideIt() throws Exception {
    ProofMaker.Made made = make(SignedTraffic.WECHAT_V3);
    assertThat(made.report().faults()).isEmpty();
    assertThat(made.report().outcome()).isEqualTo(Outcome.HOLDS);
    // Told twice, and each telling is evidence.
    assertThat(made.report().limits()).hasSize(2).allMatch(line -> line.contains("APIv3 key"));
    Bundle bundle = Bundle.read(made.zip().bytes()).bundle();
    assertThat(
            bundle.items().stream()
                .flatMap(item -> item.decrypted().stream())
                .map(content -> new String(content.bytes(), UTF_8)))
        .hasSize(2)
        .allMatch(content -> content.contains("\"transaction_id\":\"4200001\""));
  }

  @Test
  void evidenceByASharedSecretIsSaidToProveNothingToAStranger() throws Exception {
    ProofMaker.Made made = make(SignedTraffic.WECHAT_V2);
    assertThat(made.report().faults()).isEmpty();
    assertThat(made.report().outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(made.report().untold()).singleElement().asString().contains("symmetric");
    assertThat(Bundle.read(made.zip().bytes()).bundle().summary()).contains("symmetric");
  }

  @Test
  void aDeadlineIsOurOwnClocksWord() {
    ProofReport report = make(SignedTraffic.UNPAID).report();
    assertThat(report.faults()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(report.limits()).singleElement().asString().contains("DEADLINE_DUE");
  }

  @Test
  void noSecretIsEverInABundle() {
    for (OrderKey order :
        List.of(SignedTraffic.WECHAT_V3, SignedTraffic.ALIPAY, SignedTraffic.WECHAT_V2)) {
      String bytes = new String(make(order).zip().bytes(), ISO_8859_1);
      assertThat(bytes).doesNotContain(SignedTraffic.SHARED.reveal()).doesNotContain("PRIVATE");
    }
  }

  /**
   * A bundle may be checked years later. {@code -Dpaidonce.render=true} writes this one where there
   * is none; it is never changed afterwards.
   */
  @Test
  void aBundleThatVersionOneWroteIsCheckedForEver() throws IOException {
    Path kept = Path.of("src", "test", "resources", "proof", "v1.zip");
    if (Boolean.getBoolean("paidonce.render") && !Files.exists(kept)) {
      Files.createDirectories(kept.getParent());
      Files.write(kept, make(SignedTraffic.WECHAT_V3).zip().bytes());
    }
    ProofReport report = ProofCheck.check(kept);
    assertThat(report.faults()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(report.order()).isEqualTo("tea:A1");
  }

  @Test
  void anyToolOpensIt() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ofAlipay))) {
      ZipEntry entry;
      while ((entry = zip.getNextEntry()) != null) {
        names.add(entry.getName());
        if (entry.getName().endsWith("body.bin")) {
          assertThat(new String(zip.readAllBytes(), UTF_8)).contains("trade_status=TRADE_SUCCESS");
        }
      }
    }
    assertThat(names)
        .startsWith("manifest.json", "summary.txt", "accounts/alipay-2021000000000001.json")
        .contains("records/0002/body.bin");
  }

  @Test
  void oneOtherBitAnywhereFailsAndIsNamed() {
    for (int i = 0; i < ofAlipay.length; i++) {
      byte[] changed = ofAlipay.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      ProofReport report = ProofCheck.check(changed);
      assertThat(report.outcome()).as("byte %d", i).isEqualTo(Outcome.FAILS);
      assertThat(report.faults()).as("byte %d", i).hasSize(1);
      assertThat(report.faults().get(0)).as("byte %d", i).matches("(?s).*(byte|entry|manifest).*");
    }
  }

  @Test
  void aChangedBodyIsNamedWithItsEntry() {
    int place = new String(ofAlipay, ISO_8859_1).indexOf("total_amount=12.00");
    byte[] changed = ofAlipay.clone();
    changed[place + "total_amount=".length()] = '9';
    assertThat(ProofCheck.check(changed).faults())
        .singleElement()
        .asString()
        .contains("entry records/0002/body.bin");
  }

  @Test
  void aPieceOrMoreThanTheWholeFails() {
    for (int length = 0; length < ofAlipay.length; length += 97) {
      assertFails(Arrays.copyOf(ofAlipay, length));
    }
    assertFails(Arrays.copyOf(ofAlipay, ofAlipay.length + 1));
  }

  private static ProofReport assertFails(byte[] zip) {
    ProofReport report = ProofCheck.check(zip);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILS);
    return report;
  }

  // What is hostile as a zip file.

  @Test
  void anArchiverOfAnotherHandIsNotBelieved() throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(again)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(new byte[1 << 20]);
      zip.closeEntry();
    }
    assertThat(again.size()).isLessThan(1 << 12);
    assertThat(assertFails(again.toByteArray()).faults().get(0)).contains("manifest.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "/etc/x",
        "a/../b",
        "a\\b",
        ".hidden",
        "a//b",
        "",
        "a/",
        "C:x",
        "entry with blanks"
      })
  void aNameThatLeadsElsewhereIsRefused(String name) {
    assertThat(Entry.isName(name)).isFalse();
    byte[] zip =
        ProofZip.write(List.of(Entry.text("x".repeat(Math.max(1, name.length())), "content")));
    byte[] bytes = name.getBytes(UTF_8);
    System.arraycopy(bytes, 0, zip, 30, bytes.length);
    if (!name.isEmpty()) {
      assertThat(assertFails(zip).faults().get(0)).contains("an entry's name");
    }
  }

  @Test
  void entriesThatRepeatAreMissingOrAddedFail() throws Exception {
    List<Entry> entries = ProofZip.read(ofAlipay);
    List<Entry> twice = new ArrayList<>(entries);
    twice.add(entries.get(3));
    assertThat(assertFails(ProofZip.write(twice)).faults().get(0)).contains("is there twice");
    for (int i = 0; i < entries.size(); i++) {
      List<Entry> without = new ArrayList<>(entries);
      without.remove(i);
      assertFails(ProofZip.write(without));
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(Entry.text("notes.txt", "trust me"));
    assertThat(assertFails(ProofZip.write(more)).faults().get(0)).contains("entry notes.txt");
  }

  @Test
  void anEntryThatTheManifestKnowsAndTheFormatDoesNotFails() throws Exception {
    List<Entry> entries = new ArrayList<>(ProofZip.read(ofAlipay));
    entries.add(Entry.text("notes.txt", "trust me"));
    Manifest manifest =
        Manifest.of(SignedTraffic.ALIPAY, NOW, List.of(), entries.subList(1, entries.size()));
    entries.set(0, manifest.entry());
    assertThat(assertFails(ProofZip.write(entries)).faults().get(0)).contains("entry notes.txt");
  }

  @Test
  void aSizeThatTheFileDoesNotHaveIsRefusedWithoutTakingTheMemory() {
    byte[] zip = ofAlipay.clone();
    zip[18 + 3] = 0x7f;
    assertThat(assertFails(zip).faults().get(0)).contains("byte 0").contains("left");
  }

  // What a forger chains anew.

  private static ProofReport forged(Bundle bundle, List<Bundle.Item> items) {
    Bundle forged =
        new Bundle(bundle.order(), bundle.madeAt(), List.of(), "forged", bundle.accounts(), items);
    return assertFails(forged.write().zip().bytes());
  }

  private static ProofReport forged(Bundle bundle, Topic<?> topic, UnaryOperator<String> change) {
    List<Bundle.Item> items = new ArrayList<>(bundle.items());
    int last = -1;
    for (int i = 0; i < items.size(); i++) {
      last = items.get(i).record().at().topic().equals(topic.name()) ? i : last;
    }
    items.set(last, changed(items.get(last), change));
    return forged(bundle, items);
  }

  private static Bundle.Item changed(Bundle.Item item, UnaryOperator<String> change) {
    ProofRecord record = item.record();
    String was = new String(record.value().bytes(), UTF_8);
    String is = change.apply(was);
    assertThat(is).isNotEqualTo(was);
    byte[] value = is.getBytes(UTF_8);
    List<ProofRecord.Mark> marks = new ArrayList<>();
    for (ProofRecord.Mark mark : record.head().headers()) {
      marks.add(
          mark.name().equals(EventHeaders.PAYLOAD_SHA256)
              ? new ProofRecord.Mark(mark.name(), EventHeaders.sha256Hex(value))
              : mark);
    }
    ProofRecord.Head head = record.head();
    return new Bundle.Item(
        new ProofRecord(
            new ProofRecord.Head(head.at(), head.appendedMs(), head.key(), marks),
            RawBytes.of(value)),
        item.decrypted());
  }

  @Test
  void factsThatWereNotSignedAreFound() throws Exception {
    ProofReport report =
        forged(
            bundle(SignedTraffic.ALIPAY),
            Topics.PAYMENT_NOTIFICATIONS,
            text -> text.replace("\"amountMinor\":1200", "\"amountMinor\":120000"));
    assertThat(report.faults().get(0))
        .startsWith("payment-notifications-0@1: its facts are not those of its evidence");
  }

  @Test
  void aForgedBodyIsFound() throws Exception {
    Bundle bundle = bundle(SignedTraffic.ALIPAY);
    ProofReport report =
        forged(
            bundle,
            Topics.PAYMENT_NOTIFICATIONS,
            text -> {
              int place = text.indexOf("\"body\":\"") + 40;
              char other = text.charAt(place) == 'A' ? 'B' : 'A';
              return text.substring(0, place) + other + text.substring(place + 1);
            });
    assertThat(report.faults().get(0)).startsWith("payment-notifications-0@1: ");
  }

  @Test
  void contentThatDoesNotFitItsCiphertextOrItsFactsIsNoProof() throws Exception {
    Bundle bundle = bundle(SignedTraffic.WECHAT_V3);
    List<Bundle.Item> items = new ArrayList<>();
    for (Bundle.Item item : bundle.items()) {
      items.add(
          new Bundle.Item(
              item.record(),
              item.decrypted()
                  .map(
                      content ->
                          RawBytes.of(
                              new String(content.bytes(), UTF_8)
                                  .replace("1200", "9200")
                                  .getBytes(UTF_8)))));
    }
    assertThat(forged(bundle, items).faults())
        .anyMatch(line -> line.contains("its facts are not those of its evidence"));
  }

  @Test
  void aChangedTransitionIsNamedWithItsField() throws Exception {
    ProofReport report =
        forged(
            bundle(SignedTraffic.ALIPAY),
            Topics.ORDER_TRANSITIONS,
            text -> text.replaceFirst("\"amountDueMinor\":1200", "\"amountDueMinor\":1"));
    assertThat(report.faults())
        .singleElement()
        .asString()
        .startsWith("order-transitions-0@")
        .contains("amountDueMinor is 1, the fold gives 1200");
  }

  @Test
  void aChangedInputIsFoundByItsSource() throws Exception {
    ProofReport report =
        forged(
            bundle(SignedTraffic.ALIPAY),
            Topics.ORDER_INPUTS,
            text -> text.replace("\"amountMinor\":1200", "\"amountMinor\":1100"));
    assertThat(report.faults())
        .anyMatch(line -> line.contains("says something else than its source"));
  }

  @Test
  void whateverRecordIsLeftOutIsMissed() throws Exception {
    Bundle bundle = bundle(SignedTraffic.ALIPAY);
    for (int i = 0; i < bundle.items().size(); i++) {
      List<Bundle.Item> items = new ArrayList<>(bundle.items());
      items.remove(i);
      forged(bundle, items);
    }
  }

  @Test
  void recordsOfAnotherOrderDoNotBelongToIt() throws Exception {
    Bundle bundle = bundle(SignedTraffic.ALIPAY);
    ProofReport report = forged(bundle, bundle(SignedTraffic.WECHAT_V3).items());
    assertThat(report.faults()).anyMatch(line -> line.contains("and not of tea:B1"));
  }

  @Test
  void recordsThatStandTwiceOrInAnotherOrderAreFound() throws Exception {
    Bundle bundle = bundle(SignedTraffic.ALIPAY);
    List<Bundle.Item> twice = new ArrayList<>(bundle.items());
    twice.add(twice.get(0));
    assertThat(forged(bundle, twice).faults()).anyMatch(line -> line.contains("there twice"));
  }

  @Test
  void aKeyProvesWhatCameBeforeItsEndAndNothingAfterwards() throws Exception {
    PaymentNotification told = toldOfAlipay();
    Instant received = told.receivedAt();
    ProofMaker.Made inTime = make(log, SignedTraffic.ALIPAY, ending(told, received));
    assertThat(inTime.report().outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(new String(inTime.zip().bytes(), UTF_8)).contains("\"validUntil\":{");
    ProofReport late =
        make(log, SignedTraffic.ALIPAY, ending(told, received.minusMillis(1))).report();
    assertThat(late.outcome()).isEqualTo(Outcome.FAILS);
    assertThat(late.faults()).singleElement().asString().contains("KEY_RETIRED");
  }

  private static PaymentNotification toldOfAlipay() throws Exception {
    Findings findings = new Findings();
    return Contents.of(bundle(SignedTraffic.ALIPAY), findings).notifications.values().stream()
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static ProofMaker.Keys ending(PaymentNotification told, Instant end) {
    return new ProofMaker.Keys(
        SignedTraffic.accounts(),
        Map.of(
            EvidenceCheck.name(told.protocol(), told.account()),
            Map.of(told.evidence().keyId(), end)));
  }

  // What can't be told.

  @Test
  void aKeyThatIsNotConfiguredAnyMoreProvesNothingAndAccusesNobody() {
    AlipayConfig known = (AlipayConfig) SignedTraffic.ALIPAY_CONFIG;
    AccountConfig rotated =
        new AlipayConfig(
            known.protocol(),
            known.id(),
            known.shop(),
            known.sellerId(),
            List.of(KeyText.publicKeyBase64(KeyText.newRsaKeyPair().getPublic())),
            null);
    ProofReport report = make(log, SignedTraffic.ALIPAY, List.of(rotated)).report();
    assertThat(report.outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(report.untold()).singleElement().asString().contains("SIGNATURE_MISMATCH");
    ProofReport without = make(log, SignedTraffic.ALIPAY, List.of()).report();
    assertThat(without.outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(without.untold()).singleElement().asString().contains("not configured any more");
  }

  @Test
  void whatIsNoLongerKeptIsSaid() {
    MemoryLog expired = log.copy();
    expired.expire(Topics.ORDER_INPUTS, expired.records(Topics.ORDER_INPUTS).size() - 1);
    ProofReport report = make(expired, SignedTraffic.ALIPAY, SignedTraffic.accounts()).report();
    assertThat(report.faults()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(report.untold()).anyMatch(line -> line.contains("no longer kept"));
  }

  @Test
  void whateverTheTimesSayARecordIsFound() {
    ProofReport late =
        ProofMaker.make(
                log,
                SignedTraffic.UNPAID,
                withTimes(SignedTraffic.places(log, SignedTraffic.UNPAID)),
                new ProofMaker.Keys(SignedTraffic.accounts(), Map.of()),
                NOW,
                read -> {})
            .report();
    assertThat(late.outcome()).isEqualTo(Outcome.HOLDS);
  }

  // As if the order's own records had come hours after what they were made from.
  private static Places withTimes(Places places) {
    return new Places(
        places.received(),
        places.changes().stream()
            .map(
                change ->
                    new Places.Change(
                        change.version(), change.inputId(), change.source(), Instant.EPOCH))
            .toList());
  }
}
