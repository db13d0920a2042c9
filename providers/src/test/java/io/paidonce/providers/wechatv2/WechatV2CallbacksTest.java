package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Vectors;
import io.paidonce.providers.Vectors.Vector;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.WechatV3Fixture;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector file against one merchant, and what v2 and v3 say of one payment. Stages: {@code
 * setup}, {@code field} before signing or encrypting, {@code body} on the wire.
 */
class WechatV2CallbacksTest {

  private static final Account ACCOUNT =
      WechatV2Fixture.account(
          WechatV2Fixture.config(List.of(WechatV2Fixture.HMAC), List.of(WechatV2Fixture.APPID)));
  private static final Account WITH_MD5 =
      WechatV2Fixture.account(
          WechatV2Fixture.config(
              List.of(WechatV2Fixture.HMAC, WechatV2Fixture.MD5), List.of(WechatV2Fixture.APPID)));

  static Stream<Vector> vectors() {
    return Vectors.read("wechat-v2.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorGivesItsVerdict(Vector vector) {
    ObjectNode setup = JsonNodeFactory.instance.objectNode();
    vector.at("setup").forEach(setup::setAll);
    CallbackRequest request = Callbacks.received(sent(vector, setup));
    for (ObjectNode change : vector.at("body")) {
      String text = new String(request.body().bytes(), UTF_8);
      request = Callbacks.withBody(request, Vectors.edit(change, text).getBytes(UTF_8));
    }
    Account account = setup.path("accepts").asText().equals("MD5") ? WITH_MD5 : ACCOUNT;
    Vectors.check(vector, account.receive(request));
  }

  @Test
  void aPaymentToldByBothProtocolsIsOneFact() {
    PaymentFact byV2 =
        told(ACCOUNT, WechatV2Fixture.noticeSigner().payment(WechatV2Fixture.NOTICE, Callbacks.NOW))
            .payment();
    PaymentFact byV3 =
        told(
                WechatV3Fixture.account(),
                WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW))
            .payment();
    assertThat(byV2).isEqualTo(byV3);
  }

  @Test
  void aRefundIsToldInTheSameWordsAsByV3AndIsNotSigned() {
    for (RefundNotice notice : WechatV2Fixture.refunds()) {
      RefundFact byV2 =
          told(ACCOUNT, WechatV2Fixture.noticeSigner().refund(notice, Callbacks.NOW)).refund();
      RefundFact byV3 =
          told(
                  WechatV3Fixture.account(),
                  WechatV3Fixture.signer().refund(byV3(notice), Callbacks.NOW))
              .refund();
      assertThat(byV2).isEqualTo(byV3);
    }
  }

  private static RefundNotice byV3(RefundNotice notice) {
    return new RefundNotice(
        "EV-1",
        WechatV3Fixture.NOTICE,
        notice.refundId(),
        notice.merchantRefundNo(),
        notice.outcome(),
        notice.amountMinor(),
        notice.refundedTotalMinor(),
        notice.refundedAt());
  }

  @Test
  void theEncryptedPartIsWhatTheOfficialLibraryWrites() {
    // Of wechatpay-php's test: the cipher alone, with a key that is given as it is.
    String key = "0123456789abcdef0123456789abcdef";
    assertThat(AesEcb.encrypted("hello", key)).isEqualTo("pZwJZBLuy3mDACEQT4YTBw==");
    byte[] xml = "<root><a>1</a></root>".getBytes(UTF_8);
    Secret secret = WechatV2Fixture.API_KEY;
    assertThat(ReqInfo.encrypted(xml, secret))
        .isEqualTo(AesEcb.encrypted("<root><a>1</a></root>", AesEcb.md5Hex(secret.reveal())));
  }

  @Test
  void aKeyWhoseDigestBeginsWithZeroIsNoShorter() {
    // Its MD5 begins with two zeros: a number's text would have lost them.
    Secret secret = Secret.of(AesEcb.keyWithLeadingZeros());
    String encrypted = ReqInfo.encrypted("<root><a>1</a></root>".getBytes(UTF_8), secret);
    assertThat(ReqInfo.decrypted(encrypted, secret).orElseThrow().byName()).containsEntry("a", "1");
    assertThat(encrypted)
        .isEqualTo(AesEcb.encrypted("<root><a>1</a></root>", AesEcb.md5Hex(secret.reveal())));
  }

  @Test
  void blocksOfAnotherNoticeDecryptAsWellSoNothingHereIsSigned() {
    // Each AES block stands for itself: the blocks of 5.00's refund_fee in a notice of 1.00's.
    WechatV2NoticeSigner signer = WechatV2Fixture.noticeSigner();
    String filler = "x".repeat(16);
    byte[] one = reqInfo(signer.encrypted(blocks(filler, "100")));
    byte[] other = reqInfo(signer.encrypted(blocks(filler, "500")));
    byte[] spliced = one.clone();
    System.arraycopy(other, 0, spliced, 0, 64);
    assertThat(spliced).isNotEqualTo(other);
    String text = Base64.getEncoder().encodeToString(spliced);
    assertThat(ReqInfo.decrypted(text, WechatV2Fixture.API_KEY).orElseThrow().byName())
        .containsEntry("refund_fee", "500")
        .containsEntry("refund_id", "of-100");
  }

  // "<root><refund_fee>" and so on, cut so that the amount and the id stand in different blocks.
  private static byte[] blocks(String filler, String fee) {
    String head = "<root><a>" + filler.substring(9) + "</a><refund_fee>" + fee + "</refund_fee>";
    String padded = head + " ".repeat(64 - head.length());
    return (padded + "<refund_id>of-" + fee + "</refund_id></root>").getBytes(UTF_8);
  }

  private static byte[] reqInfo(SignedCallback sent) {
    String xml = new String(sent.body().bytes(), UTF_8);
    return Base64.getDecoder()
        .decode(xml.replaceAll("(?s).*<req_info><!\\[CDATA\\[(.*?)]].*", "$1"));
  }

  private static PaymentNotification told(Account account, SignedCallback sent) {
    return ((Verdict.Authentic) account.receive(Callbacks.received(sent))).notifications().get(0);
  }

  private static SignedCallback sent(Vector vector, ObjectNode setup) {
    WechatV2NoticeSigner signer =
        WechatV2Fixture.noticeSigner(
            switch (setup.path("key").asText("new")) {
              case "new" -> WechatV2Fixture.API_KEY;
              case "old" -> WechatV2Fixture.OLD_API_KEY;
              default -> Secret.of("any-other-key-of-32-characters-3");
            },
            setup.path("sign").asText(WechatV2Fixture.HMAC));
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    boolean refund = setup.path("good").asText().equals("REFUND");
    (refund ? signer.refundFields(WechatV2Fixture.REFUND) : signer.fields(WechatV2Fixture.NOTICE))
        .forEach(fields::put);
    vector.at("field").forEach(change -> Vectors.apply(change, fields));
    SortedMap<String, String> values = new TreeMap<>();
    fields.properties().forEach(field -> values.put(field.getKey(), field.getValue().asText()));
    if (setup.has("plain")) {
      return signer.encrypted(setup.path("plain").asText().getBytes(UTF_8));
    }
    return refund ? signer.encrypted(values) : signer.signed(values);
  }
}
