package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request with the places where its signature's rule looks. */
final class Incoming {

  private static final Pattern QUERY = Pattern.compile("[\\x21-\\x7E]{0,4096}");

  private final CallbackRequest request;
  private final Scheme scheme;
  private final SortedMap<String, String> parameters;
  private @Nullable SortedMap<String, String> query;

  /**
   * Reads the parameters of the body where the scheme needs them, and nothing else of it.
   *
   * @param form whether the body is a form; else JSON
   */
  Incoming(CallbackRequest request, Scheme scheme, boolean form) throws RefusedRequestException {
    this.request = request;
    this.scheme = scheme;
    this.parameters = new TreeMap<>();
    if (scheme.readsParameters()) {
      byte[] body = request.body().bytes();
      parameters.putAll(form ? Parameters.ofForm(body) : Parameters.ofJson(body));
    }
  }

  /** The body's parameters but the signature itself. */
  SortedMap<String, String> signedParameters() {
    SortedMap<String, String> signed = new TreeMap<>(parameters);
    if (scheme.signature().kind() == Place.Kind.BODY) {
      signed.remove(scheme.signature().name());
    }
    return signed;
  }

  /** The one value at a place. */
  String required(Place place, Map<String, String> pairs) throws RefusedRequestException {
    String value =
        switch (place.kind()) {
          case HEADER -> header(place.name());
          case QUERY -> query().getOrDefault(place.name(), "");
          case BODY -> parameters.getOrDefault(place.name(), "");
          case SIGNATURE -> pairs.getOrDefault(place.name(), "");
        };
    if (value.isBlank()) {
      throw new RefusedRequestException(
          Rejection.MISSING_SIGNATURE_FIELD, place + " is absent or blank");
    }
    return value;
  }

  /** What of the request's head is needed to verify it again. */
  Map<String, String> evidence() {
    Map<String, String> headers = new HashMap<>();
    for (Place place : scheme.places()) {
      if (place.kind() == Place.Kind.HEADER || place.kind() == Place.Kind.QUERY) {
        String name = place.kind() == Place.Kind.HEADER ? place.name() : CallbackRequest.QUERY;
        request.header(name).forEach(value -> headers.put(name, value));
      }
    }
    if (scheme.signed().covers(SignedText.Field.QUERY)) {
      request
          .header(CallbackRequest.QUERY)
          .forEach(value -> headers.put(CallbackRequest.QUERY, value));
    }
    return headers;
  }

  /** The query as it came; empty where there is none. */
  String queryText() throws RefusedRequestException {
    String text = header(CallbackRequest.QUERY);
    if (!QUERY.matcher(text).matches()) {
      throw new RefusedRequestException(
          Rejection.MALFORMED_REQUEST,
          "the query is not at most 4096 printable ASCII characters without blanks");
    }
    return text;
  }

  private String header(String name) throws RefusedRequestException {
    List<String> values = request.header(name);
    if (values.size() > 1) {
      throw new RefusedRequestException(
          Rejection.REPEATED_SIGNATURE_FIELD,
          "the header " + name + " occurs " + values.size() + " times");
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  private SortedMap<String, String> query() throws RefusedRequestException {
    SortedMap<String, String> known = query;
    if (known == null) {
      known = Parameters.ofForm(header(CallbackRequest.QUERY).getBytes(ISO_8859_1));
      query = known;
    }
    return known;
  }
}
