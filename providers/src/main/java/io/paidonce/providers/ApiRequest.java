package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.net.URI;
import java.util.Map;

/**
 * One request to a provider, signed.
 *
 * @param method upper case
 * @param uri path and query are sent exactly as they are encoded here: they are signed
 * @param body empty where the method has none
 */
public record ApiRequest(String method, URI uri, Map<String, String> headers, RawBytes body) {

  public ApiRequest {
    requireNonNull(method, "method");
    requireNonNull(uri, "uri");
    requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  /** Without headers and body: one holds our signature, the other may hold personal data. */
  @Override
  public String toString() {
    return "ApiRequest[" + method + " " + uri.getHost() + uri.getPath() + "]";
  }
}
