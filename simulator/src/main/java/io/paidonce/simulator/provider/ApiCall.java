package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as it arrived at a provider.
 *
 * @param method upper case
 * @param target path and query exactly as they were sent
 * @param headers names in any case
 */
public record ApiCall(String method, String target, Map<String, String> headers, RawBytes body) {

  public ApiCall {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    requireNonNull(body, "body");
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /** The path, without the query. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** What follows the question mark, as it was sent. */
  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** The value of a header; empty where there is none. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String text() {
    return new String(body.bytes(), UTF_8);
  }
}
