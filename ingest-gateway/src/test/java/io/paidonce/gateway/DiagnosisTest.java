package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Topics;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator is told about a callback that was refused. */
class DiagnosisTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Charset GBK = Charset.forName("GBK");
  private static final Accounts ACCOUNTS =
      Accounts.open(Shops.all(), Protocols.all(), Problems.none());
  private static final Route WECHAT_A = new Route("wechat-v3", "1900000001");
  private static final Route WECHAT_B = new Route("wechat-v3", "1900000002");
  private static final Route ALIPAY = new Route("alipay", "2021000000000001");

  /** A way in which what stands before a gateway rewrites a body that WeChat Pay signed. */
  record Rewriting(String told, UnaryOperator<String> rewrite) {
    @Override
    public String toString() {
      return told;
    }
  }

  static Stream<Rewriting> rewritings() {
    return Stream.of(
        new Rewriting("without the line end behind it", body -> body + "\n"),
        new Rewriting("without the byte order mark", body -> "\u00ef\u00bb\u00bf" + body),
        new Rewriting("without white space between", body -> body.replace("\",\"", "\" ,\n  \"")),
        new Rewriting("with / in place of \\/", body -> body.replace("/", "\\/")),
        new Rewriting(
            "in UTF-8, before it was converted to GBK",
            body ->
                new String(new String(body.getBytes(ISO_8859_1), UTF_8).getBytes(GBK), ISO_8859_1)),
        new Rewriting(
            "before its UTF-8 was read as ISO-8859-1",
            body -> new String(body.getBytes(UTF_8), ISO_8859_1)));
  }

  private static Verdict.Refused told(Route route, CallbackRequest request) {
    Verdict verdict =
        ACCOUNTS.find(route.protocol(), route.account()).orElseThrow().account().receive(request);
    return Diagnosis.explained(ACCOUNTS, route, request, (Verdict.Refused) verdict);
  }

  private static CallbackRequest with(CallbackRequest request, String body) {
    return new CallbackRequest(
        request.headers(),
        RawBytes.of(body.getBytes(ISO_8859_1)),
        request.receivedAt(),
        request.deliveryId());
  }

  private static String body(CallbackRequest request) {
    return new String(request.body().bytes(), ISO_8859_1);
  }

  private static CallbackRequest wechat() {
    return Shops.received(Shops.wechatSigner().payment(Shops.notice(NOW), NOW), NOW);
  }

  /** With characters that encodings and printers disagree about, where nothing is encrypted. */
  private static CallbackRequest bilingual() {
    WechatV3Signer signer = Shops.wechatSigner();
    String body = body(Shops.received(signer.payment(Shops.notice(NOW), NOW), NOW));
    String spoken = new String("\"summary\":\"支付 a/b\"".getBytes(UTF_8), ISO_8859_1);
    String changed = body.replaceFirst("\"summary\":\"[^\"]*\"", spoken);
    assertThat(changed).contains("a/b");
    return Shops.received(signer.body(RawBytes.of(changed.getBytes(ISO_8859_1)), NOW), NOW);
  }

  @ParameterizedTest
  @MethodSource("rewritings")
  void aRewrittenBodyIsRecognised(Rewriting rewriting) {
    CallbackRequest sent = bilingual();
    assertThat(ACCOUNTS.find("wechat-v3", "1900000001").orElseThrow().account().receive(sent))
        .as("as it was sent, it is good")
        .isNotInstanceOf(Verdict.Refused.class);
    String rewritten = rewriting.rewrite().apply(body(sent));
    assertThat(rewritten).isNotEqualTo(body(sent));
    Verdict.Refused told = told(WECHAT_A, with(sent, rewritten));
    assertThat(told.rejection()).isEqualTo(Rejection.SIGNATURE_MISMATCH);
    assertThat(told.explanation())
        .contains("The signature holds for the body " + rewriting.told())
        .contains("have the proxy or framework before the gateway pass it on untouched");
  }

  @Test
  void aFormWhosePlusSignsWereDecodedIsRecognised() {
    SignedCallback sent =
        new AlipaySigner(
                Shops.ALIPAY_KEYS.getPrivate(), "2021000000000001", "2088000000000002", GBK)
            .payment(Shops.notice(NOW), NOW);
    CallbackRequest request = Shops.received(sent, NOW);
    assertThat(told(ALIPAY, with(request, body(request).replace("%2B", "+"))).explanation())
        .contains("a proxy decoded %2B");
  }

  @Test
  void whatWasSentToAnotherAccountsPathIsRecognised() {
    Verdict.Refused told = told(WECHAT_B, wechat());
    assertThat(told.rejection()).isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(told.explanation())
        .contains("The signature holds for account 1900000001")
        .contains("sent to the path of account 1900000002");
  }

  @Test
  void aForgersUseOfAnotherAccountsKeyIdIsNoMixUp() {
    CallbackRequest request = wechat();
    Verdict.Refused told = told(WECHAT_B, with(request, body(request).replace('{', '[')));
    assertThat(told.explanation())
        .contains("Key " + Shops.KEY_ID_A + " belongs to account 1900000001")
        .contains("its signature does not hold there either");
  }

  @Test
  void aForgeryIsExplainedAsFarAsItsProtocolCan() {
    CallbackRequest request = wechat();
    CallbackRequest forged = with(request, body(request).replace("SUCCESS", "FAILURE"));
    Verdict plain =
        ACCOUNTS.find("wechat-v3", "1900000001").orElseThrow().account().receive(forged);
    assertThat(told(WECHAT_A, forged)).isEqualTo(plain);
  }

  @Test
  void whatIsAboutNoKeyIsNotLookedInto() {
    CallbackRequest stale =
        Shops.received(Shops.wechatSigner().payment(Shops.notice(NOW), NOW.minusSeconds(400)), NOW);
    assertThat(told(WECHAT_A, stale).explanation())
        .contains("400 s behind our clock")
        .doesNotContain("1900000002");
  }

  @Test
  void anUnknownSerialIsToldWithTheKeysThatAreKnown() {
    CallbackRequest request =
        Shops.received(
            Shops.wechatSignerWithKeyId("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
                .payment(Shops.notice(NOW), NOW),
            NOW);
    Verdict.Refused told = told(WECHAT_A, request);
    assertThat(told.rejection()).isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(told.explanation())
        .contains("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
        .contains("the keys of account 1900000001 are " + Shops.KEY_ID_A)
        .contains("a merchant certificate where the platform's belongs");
  }

  @Test
  void aBodyThatWasGbkIsRecognised() {
    String spoken = "{\"summary\":\"支付成功\"}";
    CallbackRequest sent =
        Shops.received(Shops.wechatSigner().body(RawBytes.of(spoken.getBytes(GBK)), NOW), NOW);
    String converted = new String(spoken.getBytes(UTF_8), ISO_8859_1);
    assertThat(told(WECHAT_A, with(sent, converted)).explanation())
        .contains("in GBK, before it was converted to UTF-8");
  }

  @Test
  void aWrongApiKeyIsToldFromAWrongSignature() {
    CallbackRequest request =
        Shops.received(Shops.wechatSignerWithWrongApiKey().payment(Shops.notice(NOW), NOW), NOW);
    Verdict.Refused told = told(WECHAT_A, request);
    assertThat(told.rejection()).isEqualTo(Rejection.UNDECIPHERABLE);
    assertThat(told.explanation())
        .contains("the signature holds, but the content decrypts with none of the 1 APIv3 keys");
  }

  @Test
  void aProbeIsToldAsOne() {
    Verdict.Refused told =
        told(WECHAT_A, Shops.received(Shops.wechatSigner().probe(Shops.notice(NOW), NOW), NOW));
    assertThat(told.rejection()).isEqualTo(Rejection.SIGNATURE_PROBE);
    assertThat(told.explanation()).contains("a test of ours by the provider");
  }

  @Test
  void aRecordOfARefusalHoldsNothingOfTheBody() throws Exception {
    CallbackRequest request = bilingual();
    CallbackRequest altered = with(request, body(request).replace("a/b", "a/canary-of-a-body"));
    ProducerRecord<byte[], byte[]> record =
        new CallbackRecords(altered, WECHAT_A, "00-0-0-00").rejected(told(WECHAT_A, altered));
    assertThat(new String(record.value(), UTF_8)).doesNotContain("canary");
    RejectedCallback kept = Topics.REJECTIONS.read(record.headers(), record.value());
    assertThat(kept.rejection()).isEqualTo(Rejection.SIGNATURE_MISMATCH);
    assertThat(kept.bodySha256()).isEqualTo(EventHeaders.sha256Hex(altered.body().bytes()));
    assertThat(kept.bodyBytes()).isEqualTo(altered.body().length());
  }
}
