package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentNotification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tests as data: a file of vectors, each one good request with few mutations, the flags of the bug
 * class it is after, and what must come of it.
 */
public final class Vectors {

  private Vectors() {}

  /**
   * One test.
   *
   * @param mutations in their order; what they mean is the adapter's test's
   * @param expected {@code verdict}, and what else of {@code rejection}, {@code detail} and facts
   *     matters
   */
  public record Vector(
      String id,
      String comment,
      List<String> flags,
      List<ObjectNode> mutations,
      ObjectNode expected) {

    @Override
    public String toString() {
      return id + " " + flags + " " + comment;
    }

    /** The mutations of one stage. */
    public List<ObjectNode> at(String stage) {
      return mutations.stream().filter(m -> m.path("in").asText().equals(stage)).toList();
    }
  }

  public static Stream<Vector> read(String resource) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + resource)) {
      Vector[] vectors =
          JsonMapper.builder().build().readValue(Objects.requireNonNull(in), Vector[].class);
      assertThat(Stream.of(vectors).map(Vector::id)).doesNotHaveDuplicates();
      return Stream.of(vectors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets, or without {@code to} takes out, the field named by {@code set}, dots going deeper. */
  public static void apply(ObjectNode mutation, ObjectNode target) {
    String[] path = mutation.path("set").asText().split("\\.", -1);
    JsonNode at = target;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.isArray() ? at.path(Integer.parseInt(path[i])) : at.path(path[i]);
    }
    ObjectNode parent = (ObjectNode) at;
    String field = path[path.length - 1];
    if (mutation.has("to")) {
      parent.set(field, mutation.get("to"));
    } else {
      assertThat(parent.remove(field)).as("removed %s", field).isNotNull();
    }
  }

  /** Replaces {@code text} by {@code by}, or appends {@code append}. */
  public static String edit(ObjectNode mutation, String text) {
    if (mutation.has("append")) {
      return text + mutation.path("append").asText();
    }
    assertThat(text).contains(mutation.path("text").asText());
    return text.replace(mutation.path("text").asText(), mutation.path("by").asText());
  }

  /** Checks a verdict against what the vector expects. */
  public static void check(Vector vector, Verdict verdict) {
    JsonNode expected = vector.expected();
    if (verdict instanceof Verdict.Refused refused) {
      assertThat("REFUSED").isEqualTo(expected.path("verdict").asText());
      assertThat(refused.rejection().name()).isEqualTo(expected.path("rejection").asText());
      assertThat(refused.explanation()).contains(expected.path("detail").asText(""));
    } else if (verdict instanceof Verdict.Unreadable unreadable) {
      assertThat("UNREADABLE: " + unreadable.detail())
          .startsWith(expected.path("verdict").asText())
          .contains(expected.path("detail").asText());
      assertThat(expected.path("detail").asText()).as("names the field").isNotBlank();
    } else {
      List<PaymentNotification> notifications = ((Verdict.Authentic) verdict).notifications();
      assertThat(String.join("+", notifications.stream().map(n -> n.kind().name()).toList()))
          .isEqualTo(expected.path("verdict").asText());
      checkFacts(expected, notifications.get(0));
      for (int i = 0; i < expected.path("each").size(); i++) {
        checkFacts(expected.path("each").get(i), notifications.get(i));
      }
    }
  }

  private static void checkFacts(JsonNode expected, PaymentNotification actual) {
    expected
        .properties()
        .forEach(
            field -> {
              String value = field.getValue().asText();
              switch (field.getKey()) {
                case "verdict", "each" -> {}
                case "eventType" -> assertThat(actual.eventType()).isEqualTo(value);
                case "orderNo" -> assertThat(String.valueOf(actual.orderNo())).isEqualTo(value);
                case "notificationId" ->
                    assertThat(String.valueOf(actual.notificationId())).isEqualTo(value);
                case "keyId" -> assertThat(actual.evidence().keyId()).isEqualTo(value);
                case "amountMinor" ->
                    assertThat(actual.payment().amountMinor()).isEqualTo(field.getValue().asLong());
                case "currency" -> assertThat(actual.payment().currency()).isEqualTo(value);
                case "transactionId" ->
                    assertThat(actual.payment().transactionId()).isEqualTo(value);
                case "payee" -> assertThat(actual.payment().payee()).isEqualTo(value);
                case "expectedPayee" ->
                    assertThat(actual.payment().expectedPayee()).isEqualTo(value);
                case "occurredAt" ->
                    assertThat(String.valueOf(actual.payment().occurredAt())).isEqualTo(value);
                case "refundId" -> assertThat(actual.refund().refundId()).isEqualTo(value);
                case "merchantRefundNo" ->
                    assertThat(String.valueOf(actual.refund().merchantRefundNo())).isEqualTo(value);
                case "outcome" -> assertThat(actual.refund().outcome().name()).isEqualTo(value);
                case "refundMinor" ->
                    assertThat(String.valueOf(actual.refund().amountMinor())).isEqualTo(value);
                case "refundedTotalMinor" ->
                    assertThat(String.valueOf(actual.refund().refundedTotalMinor()))
                        .isEqualTo(value);
                case "transactionAmountMinor" ->
                    assertThat(String.valueOf(actual.refund().transactionAmountMinor()))
                        .isEqualTo(value);
                case "refundCurrency" -> assertThat(actual.refund().currency()).isEqualTo(value);
                case "refundedTransactionId" ->
                    assertThat(actual.refund().transactionId()).isEqualTo(value);
                case "refundedAt" ->
                    assertThat(String.valueOf(actual.refund().occurredAt())).isEqualTo(value);
                default -> throw new IllegalStateException("unknown expectation " + field.getKey());
              }
            });
  }
}
