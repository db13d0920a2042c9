package io.paidonce.gateway;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** W3C trace context: the sender's where it is well-formed, else a new one. */
final class TraceParent {

  private static final Pattern WELL_FORMED =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  /**
   * @param incoming every value of the request's header
   */
  static String continued(List<String> incoming) {
    if (incoming.size() == 1 && WELL_FORMED.matcher(incoming.get(0)).matches()) {
      return incoming.get(0);
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // The lowest bit set keeps an id from being all zeros, which means invalid.
    return "00-%016x%016x-%016x-00"
        .formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
  }
}
