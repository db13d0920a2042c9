package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.hmac.HmacSigner;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Content under a good signature that is meant to be read otherwise than it was verified, or to
 * break whoever reads it. Either it is read exactly, or it is kept aside and acknowledged, since
 * its provider said it; a payment of another amount it never becomes.
 */
class SignedContentAtTheDoorTest {

  private static final WechatV3Signer V3 = Shops.wechatSigner(new Random(1));
  private static final WechatV2NoticeSigner V2 = Shops.wechatV2Signer(new Random(2));
  private static final AlipaySigner ALIPAY = Shops.alipaySigner();
  private static final HmacSigner HMAC = new HmacSigner(Shops.hmac("house", "header"));
  private static final PaidNotice PAID =
      new PaidNotice("notice-c", "4200000077", "order-c", 1_200, "CNY", NOW);
  private static final List<String> NO_AMOUNTS =
      List.of(
          "0",
          "-0",
          "-1",
          "-1200",
          "12.5",
          "1200.0",
          "12e2",
          "1e400",
          "1E2",
          "0x4B0",
          "+1200",
          "1,200",
          "9223372036854775808",
          "18446744073709552816",
          "1000000000000001",
          "NaN",
          "Infinity",
          "null",
          "true",
          "\"1200\"",
          "[1200]",
          "{\"v\":1200}",
          "１２００",
          " ",
          "");
  private static final List<String> NO_AMOUNTS_OF_YUAN =
      List.of(
          "0.00",
          "-12.00",
          "12.001",
          "1e2",
          "+12.00",
          "12,00",
          "12.",
          ".50",
          "0x10",
          "NaN",
          "１２.00",
          "92233720368547758.08",
          "184467440737095516.16",
          "10000000000000.01",
          " 12.00",
          "12.00 ",
          "1 2.00",
          "null");

  private Door door;

  @BeforeEach
  void open() {
    door = Door.ofProviders(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    door.close();
  }

  /** One way to have two readings. */
  record Twofold(String told, String path, SignedCallback callback) {
    @Override
    public String toString() {
      return path + " " + told;
    }
  }

  static Stream<Twofold> twofold() {
    Stream.Builder<Twofold> all = Stream.builder();
    int number = 0;
    for (UnaryOperator<String> change : twofoldJson("id")) {
      all.add(new Twofold("envelope " + number, Shops.WECHAT_A, envelope(change)));
      all.add(new Twofold("JSON " + number, Shops.HMAC, json(change)));
      number++;
    }
    for (UnaryOperator<String> change : twofoldJson("mchid")) {
      all.add(new Twofold("resource " + number, Shops.WECHAT_A, resource(change)));
      number++;
    }
    all.add(
        new Twofold(
            "a second nonce",
            Shops.WECHAT_A,
            envelope(body -> body.replace("\"nonce\":", "\"nonce\":\"abcdefghijkl\",\"nonce\":"))));
    all.add(
        new Twofold(
            "a second amount",
            Shops.HMAC,
            json(body -> body.replace("\"amount\":", "\"amount\":1,\"amount\":"))));
    return all.build();
  }

  // Of an object with a field of this name.
  private static List<UnaryOperator<String>> twofoldJson(String name) {
    String field = "\"" + name + "\":";
    String escaped = "\"\\u00" + Integer.toHexString(name.charAt(0)) + name.substring(1) + "\":";
    return List.of(
        body -> body + "{}",
        body -> body + "x",
        body -> "[" + body + "]",
        body -> body.replace(field, field + "\"other\"," + field),
        body -> body.replace(field, escaped + "\"other\"," + field),
        body -> "{\"x\":" + "[".repeat(40) + "]".repeat(40) + "," + body.substring(1),
        body -> "{\"x\":" + "9".repeat(5_000) + "," + body.substring(1),
        body -> "{\"x\":NaN," + body.substring(1),
        body -> "{/* a comment */" + body.substring(1),
        body -> body.replace('"', '\''),
        body -> body.substring(0, body.length() - 1));
  }

  @ParameterizedTest
  @MethodSource("twofold")
  void whatHasTwoReadingsIsReadInNeither(Twofold twofold) {
    assertThat(door.send(twofold.path(), twofold.callback()).status()).isEqualTo(200);
    assertThat(door.notifications()).isEmpty();
    assertThat(door.deadLetters()).isEqualTo(1);
  }

  /** A mark before the first byte is signed with all others, and changes no reading. */
  @Test
  void aByteOrderMarkIsPartOfWhatIsSigned() {
    String mark = "\u00ef\u00bb\u00bf";
    SignedCallback marked = envelope(body -> mark + body);
    assertThat(door.send(Shops.WECHAT_A, marked).status()).isEqualTo(200);
    assertThat(door.notifications()).singleElement().matches(n -> paidMinor(n) == 1_200);
    String without = text(marked).substring(mark.length());
    assertThat(status(Shops.WECHAT_A, marked, without)).isEqualTo(401);
  }

  /** Nobody can sign these: both sides would sign a text that joins the fields. */
  @Test
  void aFieldThatComesTwiceIsRefused() {
    String form = text(ALIPAY.payment(PAID, NOW));
    for (String more : List.of("&total_amount=1.00", "&total%5Famount=1.00", "&trade_no=x")) {
      assertNeither(Shops.ALIPAY, form + more);
      assertNeither(Shops.ALIPAY, more.substring(1) + "&" + form);
    }
    String xml = text(V2.payment(PAID, NOW));
    for (String more :
        List.of(
            "<total_fee>1</total_fee>",
            "<total_fee><![CDATA[1]]></total_fee>",
            "<x><total_fee>1</total_fee></x>")) {
      assertNeither(Shops.WECHAT_V2, xml.replaceFirst("<xml>", "<xml>" + more));
      assertNeither(Shops.WECHAT_V2, xml.replaceFirst("</xml>", more + "</xml>"));
    }
  }

  private void assertNeither(String path, String body) {
    Refused.assertRefused(
        door, path, RawHttp.exchange(door.port, RawHttp.post(path, "", body)), body);
  }

  /**
   * Fields that nobody knows yet are signed as well; empty ones, and any spelling, are harmless.
   */
  @Test
  void fieldsOfTomorrowAreVerifiedWithAllOthers() {
    Random random = new Random(20_260_131L);
    int count = 0;
    for (int i = 0; i < 40; i++) {
      String name = "field_of_tomorrow_" + i;
      String value = i % 5 == 0 ? "" : value(random);
      SortedMap<String, String> form = ALIPAY.parameters(PAID, NOW);
      form.put(name, value);
      SortedMap<String, String> fields = V2.fields(PAID);
      fields.put(name, value);
      ObjectNode house = HMAC.payment(PAID).put(name, value);
      Charset gbk = Charset.forName("GBK");
      AlipaySigner inGbk =
          new AlipaySigner(
              Shops.ALIPAY_KEYS.getPrivate(), "2021000000000001", "2088000000000002", gbk);
      SortedMap<String, String> gbkForm = inGbk.parameters(PAID, NOW);
      gbkForm.put(name, value);
      count += assertRead(Shops.ALIPAY, ALIPAY.form(form), name, value);
      count += assertRead(Shops.ALIPAY, inGbk.form(gbkForm), name, value);
      count += assertRead(Shops.WECHAT_V2, V2.signed(fields), name, value);
      count += assertRead(Shops.HMAC, HMAC.tree(house, "n", NOW), name, value);
      count +=
          assertRead(
              Shops.WECHAT_A,
              resource(r -> r.replaceFirst("\\{", "{\"" + name + "\":7,")),
              name,
              value);
    }
    assertThat(door.notifications())
        .hasSize(count)
        .allSatisfy(n -> assertThat(paidMinor(n)).isEqualTo(1_200));
    assertThat(door.deadLetters()).isZero();
  }

  // Stored as signed; one field less or more is another message.
  private int assertRead(String path, SignedCallback callback, String name, String value) {
    String body = text(callback);
    assertThat(door.send(path, callback).status()).as(body).isEqualTo(200);
    String less = body.replace(name, "other_name");
    if (!value.isEmpty() && !less.equals(body)) {
      assertThat(status(path, callback, less)).as(less).isEqualTo(401);
    }
    return 1;
  }

  private int status(String path, SignedCallback callback, String body) {
    return door.send(
            path, new SignedCallback(callback.headers(), RawBytes.of(body.getBytes(ISO_8859_1))))
        .status();
  }

  private static String value(Random random) {
    String letters = "aZ09+ %2B;:'\"\\/?#é中\u3000<>";
    StringBuilder value = new StringBuilder("v");
    for (int i = 0; i < 12; i++) {
      value.append(letters.charAt(random.nextInt(letters.length())));
    }
    // Blanks at the ends would be anybody's to trim.
    return value + ".";
  }

  @Test
  void whatIsNoExactAmountIsNeverAPayment() {
    int sent = 0;
    for (String amount : NO_AMOUNTS) {
      sent +=
          keptAside(
              Shops.WECHAT_A,
              resource(r -> r.replace("\"total\":1200", "\"total\":" + amount)),
              amount);
      // A configured source may write its whole numbers as text.
      String ofSource = amount.equals("\"1200\"") ? "\"12.00\"" : amount;
      sent +=
          keptAside(
              Shops.HMAC,
              json(b -> b.replace("\"amount\":1200", "\"amount\":" + ofSource)),
              amount);
      String inXml = amount.replace("\"", "").isBlank() ? "0" : amount.replace("\"", "'");
      SortedMap<String, String> fields = V2.fields(PAID);
      fields.put("total_fee", inXml);
      sent += keptAside(Shops.WECHAT_V2, V2.signed(fields), amount);
    }
    for (String amount : NO_AMOUNTS_OF_YUAN) {
      SortedMap<String, String> form = ALIPAY.parameters(PAID, NOW);
      form.put("total_amount", amount);
      sent += keptAside(Shops.ALIPAY, ALIPAY.form(form), amount);
    }
    assertThat(sent).isEqualTo(3 * NO_AMOUNTS.size() + NO_AMOUNTS_OF_YUAN.size());
  }

  private int keptAside(String path, SignedCallback callback, String amount) {
    int before = door.deadLetters();
    assertThat(door.send(path, callback).status()).as(path + " " + amount).isEqualTo(200);
    assertThat(door.notifications()).as(path + " " + amount).isEmpty();
    return door.deadLetters() - before;
  }

  @Test
  void anAmountIsReadToTheLastUnit() {
    for (long amount : new long[] {1, 99, 100, 2_147_483_648L, 1_000_000_000_000_000L}) {
      PaidNotice paid = new PaidNotice("n", "420", "o", amount, "CNY", NOW);
      door.send(Shops.WECHAT_A, V3.payment(paid, NOW));
      door.send(Shops.WECHAT_V2, V2.payment(paid, NOW));
      door.send(Shops.ALIPAY, ALIPAY.payment(paid, NOW));
      door.send(Shops.HMAC, HMAC.payment(paid, NOW));
      assertThat(
              door.notifications()
                  .subList(door.notifications().size() - 4, door.notifications().size()))
          .allSatisfy(n -> assertThat(paidMinor(n)).isEqualTo(amount));
    }
    assertThat(door.notifications()).hasSize(20);
  }

  /** Stored with both payees, so that the ledger holds the money and pays no order with it. */
  @Test
  void aPaymentToSomebodyElseIsStoredAsOne() {
    SortedMap<String, String> seller = ALIPAY.parameters(PAID, NOW);
    seller.put("seller_id", "2088000000000099");
    SortedMap<String, String> app = ALIPAY.parameters(PAID, NOW);
    app.put("app_id", "2021000000000099");
    List<SignedCallback> forms = List.of(ALIPAY.form(seller), ALIPAY.form(app));
    forms.forEach(form -> assertThat(door.send(Shops.ALIPAY, form).status()).isEqualTo(200));
    SignedCallback other = Shops.wechatSignerStating("1900000099").payment(PAID, NOW);
    assertThat(door.send(Shops.WECHAT_A, other).status()).isEqualTo(200);
    SignedCallback otherV2 =
        Shops.wechatV2Signer("HMAC-SHA256", "1900000099", new Random(3)).payment(PAID, NOW);
    assertThat(door.send(Shops.WECHAT_V2, otherV2).status()).isEqualTo(200);
    assertThat(door.notifications())
        .hasSize(4)
        .allSatisfy(n -> assertThat(n.payment().payee()).isNotEqualTo(n.payment().expectedPayee()));
  }

  /** A good signature whose content does not open is our own missing key: it must come again. */
  @Test
  void anEnvelopeThatWasTamperedWithIsNeverOpened() {
    for (UnaryOperator<byte[]> change : changesOfWhatIsClosed()) {
      assertThat(door.send(Shops.WECHAT_A, withCiphertext(change)).status()).isEqualTo(503);
    }
    for (String field : List.of("nonce", "associated_data")) {
      ObjectNode envelope = paidEnvelope();
      ObjectNode resource = (ObjectNode) envelope.get("resource");
      resource.put(field, "x" + resource.get(field).textValue().substring(1));
      assertThat(door.send(Shops.WECHAT_A, V3.body(bytes(envelope.toString()), NOW)).status())
          .as(field)
          .isEqualTo(503);
    }
    Refused.assertNothingStored(door, "no key fits");
  }

  private static List<UnaryOperator<byte[]>> changesOfWhatIsClosed() {
    return List.of(
        closed -> flipped(closed, 0),
        closed -> flipped(closed, closed.length / 2),
        closed -> flipped(closed, closed.length - 1),
        closed -> Arrays.copyOf(closed, closed.length - 1),
        closed -> Arrays.copyOf(closed, closed.length - 4),
        closed -> Arrays.copyOf(closed, closed.length - 16),
        closed -> Arrays.copyOf(closed, 16),
        closed -> Arrays.copyOf(closed, closed.length + 16));
  }

  @Test
  void anEnvelopeOfAnotherShapeIsKeptAside() {
    int letters = 0;
    for (String nonce : List.of("", "abcdefghijk", "abcdefghijklm", "a".repeat(64), "日本日")) {
      ObjectNode envelope = paidEnvelope();
      ((ObjectNode) envelope.get("resource")).put("nonce", nonce);
      letters += keptAside(Shops.WECHAT_A, V3.body(bytes(envelope.toString()), NOW), nonce);
    }
    for (String algorithm : List.of("", "none", "AEAD_AES_128_GCM", "AES_256_ECB")) {
      ObjectNode envelope = paidEnvelope();
      ((ObjectNode) envelope.get("resource")).put("algorithm", algorithm);
      letters += keptAside(Shops.WECHAT_A, V3.body(bytes(envelope.toString()), NOW), algorithm);
    }
    letters += keptAside(Shops.WECHAT_A, withCiphertext(closed -> Arrays.copyOf(closed, 15)), "15");
    letters += keptAside(Shops.WECHAT_A, withCiphertext(closed -> new byte[0]), "none");
    assertThat(letters).isEqualTo(11);
  }

  private static ObjectNode paidEnvelope() {
    return V3.envelope(
        "n",
        "TRANSACTION.SUCCESS",
        "transaction",
        "transaction",
        V3.resource(PAID).toString(),
        NOW);
  }

  private static SignedCallback withCiphertext(UnaryOperator<byte[]> change) {
    ObjectNode envelope = paidEnvelope();
    ObjectNode resource = (ObjectNode) envelope.get("resource");
    byte[] closed = Base64.getDecoder().decode(resource.get("ciphertext").textValue());
    resource.put("ciphertext", Base64.getEncoder().encodeToString(change.apply(closed)));
    return V3.body(bytes(envelope.toString()), NOW);
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static SignedCallback envelope(UnaryOperator<String> change) {
    String good = new String(paidEnvelope().toString().getBytes(UTF_8), ISO_8859_1);
    return V3.body(RawBytes.of(changed(good, change).getBytes(ISO_8859_1)), NOW);
  }

  private static SignedCallback resource(UnaryOperator<String> change) {
    String resource = changed(V3.resource(PAID).toString(), change);
    return V3.body(
        bytes(
            V3.envelope("n", "TRANSACTION.SUCCESS", "transaction", "transaction", resource, NOW)
                .toString()),
        NOW);
  }

  private static SignedCallback json(UnaryOperator<String> change) {
    String good = HMAC.payment(PAID).toString();
    return HMAC.bytes(changed(good, change).getBytes(ISO_8859_1), "n", NOW);
  }

  private static String changed(String good, UnaryOperator<String> change) {
    String changed = change.apply(good);
    assertThat(changed).as("what is to be changed is there").isNotEqualTo(good);
    return changed;
  }

  private static long paidMinor(PaymentNotification notification) {
    return notification.payment().amountMinor();
  }

  private static String text(SignedCallback callback) {
    return new String(callback.body().bytes(), ISO_8859_1);
  }

  private static RawBytes bytes(String text) {
    return RawBytes.of(text.getBytes(UTF_8));
  }
}
