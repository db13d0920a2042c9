package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Vectors;
import io.paidonce.providers.Vectors.Vector;
import java.nio.charset.Charset;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector file against one account. Stages: {@code setup}, {@code parameter} before signing,
 * {@code body} on the wire, {@code clock} ours.
 */
class AlipayVectorsTest {

  private static final Account ACCOUNT = AlipayFixture.account();

  static Stream<Vector> vectors() {
    return Vectors.read("alipay.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorGivesItsVerdict(Vector vector) {
    CallbackRequest request = Callbacks.received(signed(vector));
    for (ObjectNode change : vector.at("body")) {
      String text = new String(request.body().bytes(), US_ASCII);
      request = Callbacks.withBody(request, Vectors.edit(change, text).getBytes(US_ASCII));
    }
    for (ObjectNode change : vector.at("clock")) {
      request =
          new CallbackRequest(
              request.headers(),
              request.body(),
              request.receivedAt().plus(Duration.parse(change.path("by").asText())),
              request.deliveryId());
    }
    Vectors.check(vector, account(vector).receive(request));
  }

  // One that is configured for a type has Alipay's key of it alone.
  private static Account account(Vector vector) {
    return vector.at("setup").stream()
        .filter(setup -> setup.has("account"))
        .map(setup -> AlipayFixture.account(SignType.valueOf(setup.get("account").asText())))
        .findFirst()
        .orElse(ACCOUNT);
  }

  private static SignedCallback signed(Vector vector) {
    ObjectNode setup = JsonNodeFactory.instance.objectNode();
    vector.at("setup").forEach(setup::setAll);
    KeyPair key =
        switch (setup.path("key").asText("new")) {
          case "new" -> TestKeys.PLATFORM;
          case "old" -> AlipayFixture.OLD_KEY;
          default -> TestKeys.OTHER;
        };
    Charset charset = Charset.forName(setup.path("charset").asText("UTF-8"));
    AlipaySigner signer =
        setup.has("signType")
            ? AlipayFixture.signer(SignType.valueOf(setup.get("signType").asText()), charset)
            : AlipayFixture.signer(key, charset);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    (setup.path("good").asText().equals("REFUND")
            ? signer.parameters(AlipayFixture.REFUND, Callbacks.NOW)
            : signer.parameters(AlipayFixture.NOTICE, Callbacks.NOW))
        .forEach(parameters::put);
    vector.at("parameter").forEach(change -> Vectors.apply(change, parameters));
    Map<String, String> values = new TreeMap<>();
    parameters.properties().forEach(p -> values.put(p.getKey(), p.getValue().asText()));
    return switch (setup.path("rule").asText("V1")) {
      case "V1" -> signer.form(values);
      case "blanks kept" -> signer.form(values, joined(values));
      default -> {
        Map<String, String> withType = new TreeMap<>(values);
        withType.put("sign_type", "RSA2");
        yield signer.form(values, joined(withType));
      }
    };
  }

  private static String joined(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining("&"));
  }
}
