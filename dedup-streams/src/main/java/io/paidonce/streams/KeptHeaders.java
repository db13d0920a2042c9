package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.EventHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a dead letter keeps of a record's headers: those we write ourselves, by name, so that it can
 * be driven again and its story told. A stranger's may hold anything, personal data included, and
 * so may a CloudEvents extension.
 */
final class KeptHeaders {

  /** Nothing we write is longer, in bytes. */
  private static final int LONGEST = 1_024;

  private static final Set<String> NAMES =
      Set.of(
          EventHeaders.ID,
          EventHeaders.TYPE,
          EventHeaders.SOURCE,
          EventHeaders.TIME,
          EventHeaders.SPEC_VERSION,
          EventHeaders.CONTENT_TYPE,
          EventHeaders.TRACEPARENT,
          EventHeaders.TOPIC,
          EventHeaders.PAYLOAD_SHA256,
          DeadLetterRedrive.HEADER_OF,
          DeadLetterRedrive.HEADER_BY,
          DeadLetterRedrive.HEADER_WHY,
          DeadLetterRedrive.HEADER_TIMES);

  private KeptHeaders() {}

  static Map<String, String> of(Headers headers) {
    Map<String, String> kept = new TreeMap<>();
    for (Header header : headers) {
      if (NAMES.contains(header.key())
          && header.value() != null
          && header.value().length <= LONGEST) {
        kept.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return kept;
  }
}
