package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Money;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.hmac.SignedText.Field;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs what a configured source would send, from its configuration alone: whatever can be received
 * can be simulated. Signs with the first secret. A query goes out under {@link
 * CallbackRequest#QUERY} among the headers. For simulation only.
 */
public final class HmacSigner implements CallbackSigner {

  private final Scheme scheme;
  private final Content content;

  /**
   * With the secrets that both sides share.
   *
   * @throws IllegalArgumentException if the configuration has a problem
   */
  public HmacSigner(HmacConfig config) {
    Problems problems = Problems.none();
    Source source =
        HmacProtocol.source(config, problems)
            .orElseThrow(() -> new IllegalArgumentException(String.join(" ", problems.lines())));
    this.scheme = source.scheme();
    this.content = source.content();
  }

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return tree(payment(payment), payment.notificationId(), sentAt);
  }

  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    return tree(refund(refund), refund.notificationId(), sentAt);
  }

  /** The body of a payment, to be changed and given to {@link #tree}. */
  public ObjectNode payment(PaidNotice payment) {
    Event event = event(null);
    ObjectNode tree = tree(event, payment, payment.notificationId());
    set(tree, event.occurredAt(), payment.paidAt().getEpochSecond());
    set(tree, event.payee(), event.expectedPayee());
    setAmount(tree, event, event.amount(), payment.amountMinor(), payment.currency());
    return tree;
  }

  /** The body of a refund, to be changed and given to {@link #tree}. */
  public ObjectNode refund(RefundNotice refund) {
    Event event = event(refund.outcome());
    PaidNotice payment = refund.payment();
    ObjectNode tree = tree(event, payment, refund.notificationId());
    set(tree, event.occurredAt(), refund.refundedAt().getEpochSecond());
    set(tree, event.refundId(), refund.refundId());
    set(tree, event.merchantRefundNo(), refund.merchantRefundNo());
    setAmount(tree, event, event.amount(), refund.amountMinor(), payment.currency());
    setAmount(tree, event, event.refundedTotal(), refund.refundedTotalMinor(), payment.currency());
    setAmount(tree, event, event.paymentAmount(), payment.amountMinor(), payment.currency());
    return tree;
  }

  /** Signs any content, places in the body included. */
  public SignedCallback tree(ObjectNode tree, String id, Instant sentAt) {
    ObjectNode body = tree.deepCopy();
    fill(body, scheme.timestamp(), timestamp(sentAt));
    fill(body, scheme.id(), id);
    fill(body, scheme.keyVersion(), scheme.keys().get(0).version());
    byte[] unsigned = written(body);
    String value = signature(unsigned, id, sentAt);
    fill(body, scheme.signature(), value);
    return callback(
        scheme.signature().kind() == Place.Kind.BODY ? written(body) : unsigned, value, id, sentAt);
  }

  /** Signs any bytes of a source whose signature and time stand outside its body. */
  public SignedCallback bytes(byte[] body, String id, Instant sentAt) {
    return callback(body, signature(body, id, sentAt), id, sentAt);
  }

  private SignedCallback callback(byte[] body, String signature, String id, Instant sentAt) {
    Map<String, String> headers = new TreeMap<>();
    Map<String, String> query = query(id, sentAt);
    headers.put(
        "Content-Type",
        content.isForm() ? "application/x-www-form-urlencoded" : "application/json");
    putHeader(headers, scheme.signature(), signature);
    putQuery(query, scheme.signature(), signature);
    putHeader(headers, scheme.timestamp(), timestamp(sentAt));
    putHeader(headers, scheme.id(), id);
    putHeader(headers, scheme.keyVersion(), scheme.keys().get(0).version());
    if (!query.isEmpty()) {
      headers.put(CallbackRequest.QUERY, form(query));
    }
    return new SignedCallback(headers, RawBytes.of(body));
  }

  // What of it stands in the query but the signature, which may cover the query.
  private Map<String, String> query(String id, Instant sentAt) {
    Map<String, String> query = new TreeMap<>();
    putQuery(query, scheme.timestamp(), timestamp(sentAt));
    putQuery(query, scheme.id(), id);
    putQuery(query, scheme.keyVersion(), scheme.keys().get(0).version());
    return query;
  }

  private String signature(byte[] body, String id, Instant sentAt) {
    Map<Field, String> head = new EnumMap<>(Field.class);
    head.put(Field.TIMESTAMP, timestamp(sentAt));
    head.put(Field.ID, id);
    head.put(Field.QUERY, form(query(id, sentAt)));
    String mac;
    try {
      mac =
          scheme
              .encoding()
              .encoded(
                  scheme
                      .digest()
                      .of(
                          scheme.signed().bytes(body, head, parameters(body)),
                          scheme.keys().get(0).bytes()));
    } catch (RefusedRequestException e) {
      throw new IllegalArgumentException("no such source can send this: " + e.getMessage(), e);
    }
    return switch (scheme.form()) {
      case PLAIN -> scheme.name() + mac;
      case PAIRS -> beside(head) + scheme.name() + "=" + mac;
      case VERSIONS -> scheme.name() + "," + mac;
    };
  }

  private SortedMap<String, String> parameters(byte[] body) throws RefusedRequestException {
    if (!scheme.readsParameters()) {
      return new TreeMap<>();
    }
    SortedMap<String, String> parameters =
        content.isForm() ? Parameters.ofForm(body) : Parameters.ofJson(body);
    if (scheme.signature().kind() == Place.Kind.BODY) {
      parameters.remove(scheme.signature().name());
    }
    return parameters;
  }

  // The pairs that stand before the signature in its own header.
  private String beside(Map<Field, String> head) {
    StringBuilder pairs = new StringBuilder();
    append(pairs, scheme.timestamp(), head.getOrDefault(Field.TIMESTAMP, ""));
    append(pairs, scheme.id(), head.getOrDefault(Field.ID, ""));
    append(pairs, scheme.keyVersion(), scheme.keys().get(0).version());
    return pairs.toString();
  }

  private static void append(StringBuilder pairs, @Nullable Place place, String value) {
    if (place != null && place.kind() == Place.Kind.SIGNATURE) {
      pairs.append(place.name()).append('=').append(value).append(',');
    }
  }

  private static void putHeader(Map<String, String> headers, @Nullable Place place, String value) {
    if (place != null && place.kind() == Place.Kind.HEADER) {
      headers.put(place.name(), value);
    }
  }

  private static void putQuery(Map<String, String> query, @Nullable Place place, String value) {
    if (place != null && place.kind() == Place.Kind.QUERY) {
      query.put(place.name(), value);
    }
  }

  private static void fill(ObjectNode body, @Nullable Place place, String value) {
    if (place != null && place.kind() == Place.Kind.BODY) {
      body.put(place.name(), value);
    }
  }

  private String timestamp(Instant sentAt) {
    return Long.toString(scheme.millis() ? sentAt.toEpochMilli() : sentAt.getEpochSecond());
  }

  private Event event(@Nullable RefundOutcome outcome) {
    return content.events().stream()
        .filter(event -> event.outcome() == outcome)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no status of this source means "
                        + (outcome == null ? "paid" : "that a refund is " + outcome)));
  }

  private ObjectNode tree(Event event, PaidNotice payment, String notificationId) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    String word = event.statuses().get(0);
    set(tree, content.eventType(), word);
    set(tree, content.status(), word);
    set(tree, content.notificationId(), notificationId);
    set(tree, event.orderNo(), payment.orderNo());
    set(tree, event.transactionId(), payment.transactionId());
    set(tree, event.currency(), payment.currency());
    return tree;
  }

  private static void setAmount(
      ObjectNode tree, Event event, @Nullable JsonPointer at, long minor, String currency) {
    if (event.major()) {
      set(tree, at, Money.of(minor, currency).major());
    } else {
      set(tree, at, minor);
    }
  }

  private static void set(ObjectNode tree, @Nullable JsonPointer at, @Nullable String text) {
    if (at != null && text != null) {
      tree.withObject(at.head()).put(at.last().getMatchingProperty(), text);
    }
  }

  private static void set(ObjectNode tree, @Nullable JsonPointer at, long number) {
    if (at != null) {
      tree.withObject(at.head()).put(at.last().getMatchingProperty(), number);
    }
  }

  private byte[] written(ObjectNode tree) {
    if (!content.isForm()) {
      return tree.toString().getBytes(UTF_8);
    }
    Map<String, String> parameters = new TreeMap<>();
    tree.properties().forEach(field -> parameters.put(field.getKey(), field.getValue().asText()));
    return form(parameters).getBytes(UTF_8);
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            p ->
                URLEncoder.encode(p.getKey(), UTF_8) + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
