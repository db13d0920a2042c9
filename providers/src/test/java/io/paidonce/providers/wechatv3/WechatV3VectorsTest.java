package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Vectors;
import io.paidonce.providers.Vectors.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector file against one account. Stages: {@code setup}, {@code resource} and {@code
 * resourceText} before encryption, {@code envelope} and {@code envelopeText} before signing, {@code
 * header} and {@code body} on the wire, {@code clock} ours.
 */
class WechatV3VectorsTest {

  static Stream<Vector> vectors() {
    return Vectors.read("wechat-v3.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorGivesItsVerdict(Vector vector) {
    List<String> appIds = new ArrayList<>(List.of(WechatV3Fixture.APPID, "wx-second"));
    List<String> combinedMchids = new ArrayList<>();
    for (ObjectNode setup : vector.at("setup")) {
      if (setup.has("appIds")) {
        appIds.clear();
        setup.get("appIds").forEach(id -> appIds.add(id.asText()));
      }
      setup.path("combinedMchids").forEach(id -> combinedMchids.add(id.asText()));
    }
    Vectors.check(vector, WechatV3Fixture.account(appIds, combinedMchids).receive(request(vector)));
  }

  private static CallbackRequest request(Vector vector) {
    CallbackRequest request = Callbacks.received(signed(vector), Callbacks.NOW);
    for (ObjectNode change : vector.at("header")) {
      List<String> values = new ArrayList<>();
      change.path("to").forEach(value -> values.add(value.asText()));
      request = Callbacks.withHeader(request, change.path("name").asText(), values);
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
    return request;
  }

  private static SignedCallback signed(Vector vector) {
    WechatV3Signer signer = signer(vector);
    for (ObjectNode setup : vector.at("setup")) {
      switch (setup.path("probe").asText("")) {
        case "decodable" -> {
          return signer.probe(WechatV3Fixture.NOTICE, Callbacks.NOW);
        }
        case "undecodable" -> {
          return signer.undecodableProbe(WechatV3Fixture.NOTICE, Callbacks.NOW);
        }
        default -> {}
      }
    }
    Good good = good(vector);
    ObjectNode resource =
        switch (good) {
          case PAYMENT -> signer.resource(WechatV3Fixture.NOTICE);
          case REFUND -> signer.resource(WechatV3Fixture.REFUND);
          case COMBINED -> signer.resource(WechatV3Fixture.COMBINED);
        };
    vector.at("resource").forEach(change -> Vectors.apply(change, resource));
    String resourceText = resource.toString();
    for (ObjectNode change : vector.at("resourceText")) {
      resourceText = Vectors.edit(change, resourceText);
    }
    ObjectNode envelope =
        signer.envelope(
            WechatV3Fixture.NOTICE.notificationId(),
            good == Good.REFUND ? "REFUND.SUCCESS" : "TRANSACTION.SUCCESS",
            good == Good.REFUND ? "refund" : "transaction",
            associatedData(vector),
            resourceText,
            Callbacks.NOW);
    vector.at("envelope").forEach(change -> Vectors.apply(change, envelope));
    String body = envelope.toString();
    for (ObjectNode change : vector.at("envelopeText")) {
      body = Vectors.edit(change, body);
    }
    return signer.body(RawBytes.of(body.getBytes(UTF_8)), Callbacks.NOW);
  }

  /** The good notice that the mutations change. */
  private enum Good {
    PAYMENT,
    REFUND,
    COMBINED
  }

  private static Good good(Vector vector) {
    return vector.at("setup").stream()
        .filter(setup -> setup.has("good"))
        .map(setup -> Good.valueOf(setup.get("good").asText()))
        .findFirst()
        .orElse(Good.PAYMENT);
  }

  private static String associatedData(Vector vector) {
    for (ObjectNode setup : vector.at("setup")) {
      if (setup.has("associatedData")) {
        return setup.get("associatedData").textValue();
      }
    }
    return "transaction";
  }

  private static WechatV3Signer signer(Vector vector) {
    String keyId = isSm(vector) ? WechatV3Fixture.SM_SERIAL : WechatV3Fixture.SERIAL;
    Secret apiV3Key = WechatV3Fixture.API_V3_KEY;
    for (ObjectNode setup : vector.at("setup")) {
      keyId = setup.path("keyId").asText(keyId);
      if (setup.has("apiV3Key")) {
        apiV3Key =
            setup.path("apiV3Key").asText().equals("old")
                ? WechatV3Fixture.OLD_API_V3_KEY
                : Secret.of("key-of-32-bytes-not-deployed-003");
      }
    }
    return isSm(vector)
        ? WechatV3Fixture.smSigner(keyId, apiV3Key)
        : WechatV3Fixture.signer(keyId, apiV3Key);
  }

  private static boolean isSm(Vector vector) {
    return vector.at("setup").stream().anyMatch(setup -> setup.path("suite").asText().equals("SM"));
  }
}
