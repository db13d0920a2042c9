package io.paidonce.launcher.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP/1.1 request as it was captured: request line, headers, an empty line, and then the body's
 * bytes, of which none is touched.
 *
 * @param path of the request line
 * @param headers names in lower case
 * @param notes what about the capture itself may mislead
 */
public record CapturedRequest(
    String path, Map<String, List<String>> headers, RawBytes body, List<String> notes) {

  private static final int LARGEST_BYTES = 4 << 20;

  public CapturedRequest {
    headers = Map.copyOf(headers);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a capture.
   *
   * @throws IllegalArgumentException with what the file lacks
   */
  public static CapturedRequest parse(byte[] file) {
    if (file.length > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "the capture has " + file.length + " bytes; at most " + LARGEST_BYTES + " are read");
    }
    // Bytes become characters one by one, so that places in the text are places in the file.
    String text = new String(file, ISO_8859_1);
    int unix = text.indexOf("\n\n");
    int crlf = text.indexOf("\r\n\r\n");
    boolean isCrlf = crlf >= 0 && (unix < 0 || crlf < unix);
    int headEnd = isCrlf ? crlf : unix;
    if (headEnd < 0) {
      throw new IllegalArgumentException(
          "the capture has no empty line after its headers, where the body begins");
    }
    List<String> lines = text.substring(0, headEnd).lines().toList();
    String[] requestLine = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    if (requestLine.length < 2 || !requestLine[1].startsWith("/")) {
      throw new IllegalArgumentException(
          "the capture begins with no request line such as POST /callbacks/wechat-v3/1900000001"
              + " HTTP/1.1");
    }
    Map<String, List<String>> headers = headers(lines.subList(1, lines.size()));
    List<String> notes = new ArrayList<>();
    if (!requestLine[0].equals("POST")) {
      notes.add("the method is " + requestLine[0] + "; the gateway takes POST only");
    }
    byte[] rest = Arrays.copyOfRange(file, headEnd + (isCrlf ? 4 : 2), file.length);
    return new CapturedRequest(
        requestLine[1], headers, RawBytes.of(body(rest, headers, notes)), notes);
  }

  private static Map<String, List<String>> headers(List<String> lines) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException(
            "a line of the capture's head is no header (name: value): line "
                + (lines.indexOf(line) + 2));
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  // An editor ends a file with a line feed that was never sent.
  private static byte[] body(byte[] rest, Map<String, List<String>> headers, List<String> notes) {
    if (headers.containsKey("transfer-encoding")) {
      notes.add(
          "the head says Transfer-Encoding: the body is taken as already joined, without sizes of"
              + " chunks");
      return rest;
    }
    if (headers.containsKey("content-encoding")) {
      notes.add("the head says Content-Encoding: the gateway unpacks nothing");
    }
    Optional<Integer> declared =
        headers.getOrDefault("content-length", List.of()).stream()
            .findFirst()
            .filter(length -> length.matches("[0-9]{1,9}"))
            .map(Integer::valueOf);
    if (declared.isEmpty() || declared.get() == rest.length) {
      return rest;
    }
    notes.add(
        "the body has "
            + rest.length
            + " bytes, but Content-Length is "
            + declared.get()
            + (declared.get() < rest.length ? "; only so many are judged" : ": some are missing"));
    return declared.get() < rest.length ? Arrays.copyOf(rest, declared.get()) : rest;
  }

  /** As the gateway would have seen it at that time. */
  public CallbackRequest receivedAt(Instant at) {
    Map<String, List<String>> seen = new HashMap<>(headers);
    seen.remove(CallbackRequest.QUERY);
    int query = path.indexOf('?');
    if (query >= 0) {
      seen.put(CallbackRequest.QUERY, List.of(path.substring(query + 1)));
    }
    return new CallbackRequest(seen, body, at, "captured");
  }
}
