package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.SignedCallback;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A signed callback on its way to an address: what a source signs into its query stands there.
 *
 * @param target where it is posted, query included
 * @param headers but those that the HTTP client writes itself
 */
public record OutgoingCallback(URI target, Map<String, String> headers, RawBytes body) {

  private static final String END_OF_LINE = "\r\n";

  public OutgoingCallback {
    requireNonNull(target, "target");
    requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  /** A query that the address has already stays in front of the callback's own. */
  public static OutgoingCallback to(URI address, SignedCallback callback) {
    Map<String, String> headers = new TreeMap<>(callback.headers());
    String query = headers.remove(CallbackRequest.QUERY);
    if (query == null) {
      return new OutgoingCallback(address, headers, callback.body());
    }
    String text = address.toString();
    String joint = address.getRawQuery() == null ? "?" : "&";
    return new OutgoingCallback(URI.create(text + joint + query), headers, callback.body());
  }

  /** The same for the JDK's HTTP client, which is to have its headers by then. */
  public HttpRequest request(Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    headers.forEach(request::header);
    return request.build();
  }

  /** What goes over the wire, as {@code doctor callback} reads it. */
  public RawBytes http11() {
    StringBuilder head = new StringBuilder(512);
    String path = target.getRawPath();
    head.append("POST ").append(path == null || path.isEmpty() ? "/" : path);
    if (target.getRawQuery() != null) {
      head.append('?').append(target.getRawQuery());
    }
    head.append(" HTTP/1.1").append(END_OF_LINE);
    head.append("Host: ").append(target.getRawAuthority()).append(END_OF_LINE);
    new TreeMap<>(headers)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append(END_OF_LINE));
    head.append("Content-Length: ").append(body.length()).append(END_OF_LINE).append(END_OF_LINE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(US_ASCII));
    bytes.writeBytes(body.bytes());
    return RawBytes.of(bytes.toByteArray());
  }
}
