package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Verdict;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may say. Whatever would leave a hole is refused, by its place. */
class HmacConfigTest {

  private static final HmacSecret GOOD =
      HmacFixture.secret("new", "a-shared-secret-of-32-characters");

  @ParameterizedTest
  @ValueSource(strings = {"house", "form", "flat", "request", "stripe", "standard-webhooks"})
  void aGoodOneHasNoProblem(String name) {
    assertThat(problems(HmacFixture.named(name))).isEmpty();
  }

  @Test
  void everythingThatIsMissingIsSaidTogether() {
    assertThat(problems(HmacFixture.config("x", null, List.of(), null, null)))
        .anyMatch(line -> line.startsWith("secrets: is missing"))
        .anyMatch(line -> line.startsWith("signature.from: is missing"))
        .anyMatch(line -> line.startsWith("content: is missing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{timestamp}                | must hold {body}",
        "constant                   | must hold {body}",
        "{body}{timestamp}          | side by side",
        "{timestamp}v1{body}        | needs a character other",
        "{timestamp}-{body}         | needs a character other",
        "{timestamp}.{body}.{body}  | twice",
        "{body}.{parameters}        | must hold {body}",
        "{secret}.{body}            | holds {secret}",
        "{timestamp.{body}          | holds",
        "{timestamp}.{body}}        | no {placeholder}",
        "{timestamp}。{body}         | ASCII",
        "{query}.{timestamp}.{body} | needs a blank or a line feed",
        "{timestamp}&{query} {body} | needs a blank or a line feed",
        "{path}                     | must hold {body}",
        "{timestamp}{method}{body}  | needs a character other",
      })
  void aTemplateThatHasTwoReadingsOrLeavesTheContentOutIsRefused(String template, String why) {
    assertThat(signed(template, "header:t", null))
        .anyMatch(line -> line.startsWith("signature.signed: ") && line.contains(why));
  }

  @Test
  void whatIsNotSignedProvesNothing() {
    assertThat(signed("{body}", "header:t", null))
        .containsExactly(
            "signature.timestamp: is not part of what is signed, so it would prove nothing.");
    assertThat(signed("{timestamp}.{body}", "header:t", "header:i"))
        .containsExactly("signature.id: is not part of what is signed, so it would prove nothing.");
    assertThat(signed("{timestamp}.{body}", null, null))
        .containsExactly(
            "signature.timestamp: is missing; signed names it, so say where it stands.");
    // In a query that is signed whole it is, unless the signature stands there itself.
    assertThat(signed("{query} {body}", "query:t", null)).isEmpty();
    assertThat(signed("{method}{path} {timestamp}.{body}", "query:t", null)).isEmpty();
    // In the body and among the signed parameters it is.
    assertThat(signed("{parameters}", "body:t", null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body:sign      | {body}       | can't cover itself",
        "query:sign     | {query} {body} | can't cover itself",
        "signature:v1   | {body}       | must be header:NAME",
        "cookie:sign    | {body}       | must be header:NAME",
        "header:        | {body}       | must be header:NAME",
        "header:a b     | {body}       | must be header:NAME",
      })
  void aPlaceWhereNoSignatureCanStandIsRefused(String from, String signed, String why) {
    assertThat(
            problems(
                HmacFixture.config(
                    "x",
                    null,
                    List.of(GOOD),
                    HmacFixture.signature(from, null, null, signed, null, null),
                    HmacFixture.house("json", "minor"))))
        .anyMatch(line -> line.startsWith("signature.from: ") && line.contains(why));
  }

  @Test
  void aPairBesideTheSignatureNeedsPairs() {
    assertThat(signed("{timestamp}.{body}", "signature:t", null))
        .containsExactly("signature: signature:t needs form: pairs.");
    assertThat(signed("{timestamp}.{body}", "header:s", null))
        .containsExactly("signature: header:s is where the signature itself stands.");
  }

  @Test
  void aSecretThatIsNoneIsRefusedAndNeverShown() {
    assertThat(secrets(HmacFixture.secret("new", "too-short-one")))
        .containsExactly(
            "secrets[0].secret: is 13 bytes; at least 16 are needed against guessing.");
    assertThat(secrets(HmacFixture.secret("new", "a-shared-secret-of-32-characters\n")))
        .containsExactly("secrets[0].secret: has white space at its start or end (a line break?).");
    assertThat(secrets(GOOD, GOOD))
        .containsExactly(
            "secrets[1].version: must be 1 to 64 letters, digits, '.', '_', '-', each once.");
    assertThat(secrets(new HmacSecret("new", GOOD.secret(), "tomorrow")))
        .containsExactly("secrets[0].until: must be an instant such as 2026-02-01T00:00:00Z.");
    assertThat(problems(standard("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        .containsExactly("secrets[0].secret: does not start with whsec_.");
    assertThat(problems(standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")))
        .containsExactly("secrets[0].secret: is not base64 after whsec_.");
    assertThat(HmacFixture.house().toString()).doesNotContain("shared-secret");
  }

  @Test
  void sha1IsUsedOnlyWhereItIsConfigured() {
    HmacConfig weak = HmacFixture.flat();
    HmacConfig strong =
        HmacFixture.config(
            "flat",
            null,
            weak.secrets(),
            new HmacSignature(
                "query:sign",
                "plain",
                "sha1=",
                null,
                null,
                null,
                null,
                "{parameters}",
                "body:timestamp",
                null,
                null,
                null,
                null),
            weak.content());
    var sent = Callbacks.received(new HmacSigner(weak).payment(HmacFixture.NOTICE, Callbacks.NOW));
    assertThat(HmacFixture.account(weak).receive(sent)).isInstanceOf(Verdict.Authentic.class);
    assertThat(HmacFixture.account(strong).receive(sent)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aQueryThatIsSignedIsKeptWithTheEvidence() throws Exception {
    HmacConfig config =
        HmacFixture.config(
            "x",
            null,
            List.of(GOOD),
            HmacFixture.signature("header:s", null, null, "{query}\n{body}", null, null),
            HmacFixture.house("json", "minor"));
    String body = new HmacSigner(config).payment(HmacFixture.NOTICE).toString();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(GOOD.secret().revealBytes(), "HmacSHA256"));
    String signature =
        HexFormat.of().formatHex(mac.doFinal(("a=1&b=%2F\n" + body).getBytes(UTF_8)));
    Account account = HmacFixture.account(config);
    Verdict said =
        account.receive(
            new CallbackRequest(
                Map.of("s", List.of(signature), CallbackRequest.QUERY, List.of("a=1&b=%2F")),
                RawBytes.of(body.getBytes(UTF_8)),
                Callbacks.NOW,
                "d"));
    assertThat(said).isInstanceOf(Verdict.Authentic.class);
    assertThat(account.judgeAgain(((Verdict.Authentic) said).notifications().get(0)))
        .isEqualTo(said);
  }

  @Test
  void contentThatCanNotBeReadIsRefused() {
    HmacEvent event =
        new HmacEvent(
            List.of("PAID", "PAID"),
            "payed",
            null,
            "id",
            null,
            null,
            "yuan",
            "EURO",
            null,
            "/m",
            null,
            "/r",
            null,
            null);
    HmacConfig config =
        HmacFixture.config(
            "x",
            null,
            List.of(GOOD),
            HmacFixture.signature("header:s", null, null, null, null, null),
            new HmacContent("xml", null, null, null, List.of(event)));
    assertThat(problems(config))
        .anyMatch(line -> line.startsWith("content.format: "))
        .anyMatch(line -> line.startsWith("content.status: is missing"))
        .anyMatch(line -> line.startsWith("content.events[0].statuses[1]: "))
        .anyMatch(line -> line.startsWith("content.events[0].means: "))
        .anyMatch(line -> line.startsWith("content.events[0].orderNo: is missing"))
        .anyMatch(line -> line.startsWith("content.events[0].transactionId: must be a JSON"))
        .anyMatch(line -> line.startsWith("content.events[0].amount: is missing"))
        .anyMatch(line -> line.startsWith("content.events[0].amountUnit: "))
        .anyMatch(line -> line.startsWith("content.events[0].currency: "))
        .anyMatch(line -> line.startsWith("content.events[0].expectedPayee: is missing"))
        .anyMatch(line -> line.contains("belong to means: refunded"));
  }

  @Test
  void aRefundStatesItsOwnAmountOrTheTotal() {
    assertThat(refund("/amount", null, null))
        .containsExactly(
            "content.events[0].refundId: is missing; without it, two refunds of the same amount"
                + " would be one.");
    assertThat(refund("/amount", "/total", "/id"))
        .containsExactly(
            "content.events[0]: give amount (of this refund) or refundedTotal (of all so far), one"
                + " of the two.");
    assertThat(refund(null, "/total", null)).isEmpty();
    assertThat(refund("refund-failed", "/amount", null, "/id")).isEmpty();
    assertThat(refund("refund-failed", null, "/total", "/id"))
        .containsExactly(
            "content.events[0].refundedTotal: can't say which refund failed; give refundId and"
                + " amount, what it was to return.");
  }

  @Test
  void theAnswerIsTheSourcesOwn() {
    HmacConfig config = HmacFixture.house();
    assertThat(HmacFixture.account(config).accepted()).isEmpty();
    assertThat(HmacFixture.account(answering(new HmacAnswer(null, null, "[accepted]"))).accepted())
        .isEqualTo(Optional.of(new CallbackAnswer(200, "text/plain", "[accepted]")));
    assertThat(problems(answering(new HmacAnswer(410, "a\nb", "ü"))))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("answer.status: is 410"));
    assertThat(problems(answering(new HmacAnswer(204, null, "x"))))
        .containsExactly("answer.body: must be empty: 204 has none.");
  }

  private static HmacConfig answering(HmacAnswer answer) {
    HmacConfig house = HmacFixture.house();
    return new HmacConfig(
        "hmac",
        house.id(),
        house.shop(),
        null,
        house.secrets(),
        house.signature(),
        house.content(),
        answer);
  }

  private static List<String> refund(
      @Nullable String amount, @Nullable String total, @Nullable String id) {
    return refund("refunded", amount, total, id);
  }

  private static List<String> refund(
      String means, @Nullable String amount, @Nullable String total, @Nullable String id) {
    HmacEvent event =
        new HmacEvent(
            List.of("R"),
            means,
            "/o",
            "/t",
            amount,
            total,
            null,
            "EUR",
            null,
            null,
            null,
            id,
            null,
            null);
    return problems(
        HmacFixture.config(
            "x",
            null,
            List.of(GOOD),
            HmacFixture.signature("header:s", null, null, null, null, null),
            new HmacContent(null, "/s", null, null, List.of(event))));
  }

  private static List<String> signed(
      String template, @Nullable String timestamp, @Nullable String id) {
    return problems(
        HmacFixture.config(
            "x",
            null,
            List.of(GOOD),
            HmacFixture.signature("header:s", null, null, template, timestamp, id),
            HmacFixture.house("json", "minor")));
  }

  private static List<String> secrets(HmacSecret... secrets) {
    return problems(HmacFixture.house(List.of(secrets)));
  }

  private static HmacConfig standard(String secret) {
    return HmacFixture.config(
        "x",
        "standard-webhooks",
        List.of(new HmacSecret("new", Secret.of(secret), null)),
        null,
        HmacFixture.house("json", "minor"));
  }

  private static List<String> problems(HmacConfig config) {
    Problems problems = Problems.none();
    boolean open = new HmacProtocol().open(config, problems).isPresent();
    assertThat(open).isEqualTo(problems.isEmpty());
    return problems.lines();
  }
}
