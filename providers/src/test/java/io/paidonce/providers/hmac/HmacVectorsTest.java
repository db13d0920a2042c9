package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Vectors;
import io.paidonce.providers.Vectors.Vector;
import io.paidonce.providers.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector file against the fixture's sources. Stages: {@code setup}, {@code field} before
 * signing, {@code header} and {@code body} on the wire, {@code clock} ours.
 */
class HmacVectorsTest {

  static Stream<Vector> vectors() {
    return Vectors.read("hmac.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorGivesItsVerdict(Vector vector) throws Exception {
    ObjectNode setup = JsonNodeFactory.instance.objectNode();
    vector.at("setup").forEach(setup::setAll);
    HmacConfig config = HmacFixture.named(setup.path("source").asText("house"));
    Account account = HmacFixture.account(config);
    CallbackRequest request = Callbacks.received(signed(vector, setup, config));
    for (ObjectNode change : vector.at("header")) {
      request = withHeader(request, change);
    }
    for (ObjectNode change : vector.at("body")) {
      String text = new String(request.body().bytes(), UTF_8);
      request = Callbacks.withBody(request, Vectors.edit(change, text).getBytes(UTF_8));
    }
    for (ObjectNode change : vector.at("clock")) {
      request =
          new CallbackRequest(
              request.headers(),
              request.body(),
              request.receivedAt().plus(Duration.parse(change.path("by").asText())),
              request.deliveryId());
    }
    Verdict verdict = account.receive(request);
    Vectors.check(vector, verdict);
    if (verdict instanceof Verdict.Authentic authentic) {
      assertJudgedAlikeFromItsEvidence(account, authentic);
    }
  }

  private static void assertJudgedAlikeFromItsEvidence(Account account, Verdict.Authentic said)
      throws Exception {
    byte[] stored = Topics.PAYMENT_NOTIFICATIONS.json().write(said.notifications().get(0));
    PaymentNotification read = Topics.PAYMENT_NOTIFICATIONS.json().read(stored);
    assertThat(account.judgeAgain(read)).isEqualTo(said);
  }

  private static SignedCallback signed(Vector vector, ObjectNode setup, HmacConfig config) {
    HmacSigner signer = HmacFixture.signer(config, setup.path("secret").asText("new"));
    ObjectNode tree =
        switch (setup.path("good").asText()) {
          case "REFUND" -> signer.refund(HmacFixture.REFUND);
          case "REFUND_FAILED" -> signer.refund(HmacFixture.REFUND_FAILED);
          default -> signer.payment(HmacFixture.NOTICE);
        };
    vector.at("field").forEach(change -> Vectors.apply(change, tree));
    String id = setup.path("id").asText("evt_1");
    JsonNode raw = setup.path("raw");
    return raw.isMissingNode()
        ? signer.tree(tree, id, Callbacks.NOW)
        : signer.bytes(raw.asText().getBytes(UTF_8), id, Callbacks.NOW);
  }

  private static CallbackRequest withHeader(CallbackRequest request, ObjectNode change) {
    String name = change.path("name").asText().toLowerCase(Locale.ROOT);
    List<String> values = new ArrayList<>(request.header(name));
    if (change.has("text") || change.has("append")) {
      values.replaceAll(value -> Vectors.edit(change, value));
    } else if (change.has("twice")) {
      values.add(values.get(0));
    } else {
      values.clear();
      change.path("to").forEach(value -> values.add(value.asText()));
    }
    return Callbacks.withHeader(request, name, values);
  }
}
