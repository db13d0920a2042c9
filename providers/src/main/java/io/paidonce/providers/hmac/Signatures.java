package io.paidonce.providers.hmac;

import io.paidonce.contract.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The signatures of one request and what stands beside them. While a secret is being changed a
 * source signs with both, so several may come and one that fits is enough; schemes of no concern
 * are passed over, so that none of them can stand in for the configured one.
 *
 * @param macs at least one, decoded
 * @param pairs what stands beside them, each name once
 */
record Signatures(List<byte[]> macs, Map<String, String> pairs) {

  private static final int MOST_ITEMS = 32;

  static Signatures parse(String value, Scheme scheme) throws RefusedRequestException {
    return switch (scheme.form()) {
      case PLAIN -> plain(value, scheme);
      case PAIRS -> items(value.split(",", -1), '=', scheme);
      case VERSIONS -> items(value.split(" ", -1), ',', scheme);
    };
  }

  private static Signatures plain(String value, Scheme scheme) throws RefusedRequestException {
    if (!value.startsWith(scheme.name())) {
      throw new RefusedRequestException(
          Rejection.MALFORMED_REQUEST,
          scheme.signature() + " does not start with \"" + scheme.name() + "\"");
    }
    byte[] mac =
        scheme
            .encoding()
            .decoded(value.substring(scheme.name().length()))
            .orElseThrow(
                () ->
                    new RefusedRequestException(
                        Rejection.MALFORMED_REQUEST,
                        scheme.signature() + " is not " + scheme.encoding().wireName()));
    return new Signatures(List.of(mac), Map.of());
  }

  private static Signatures items(String[] items, char separator, Scheme scheme)
      throws RefusedRequestException {
    if (items.length > MOST_ITEMS) {
      throw new RefusedRequestException(
          Rejection.MALFORMED_REQUEST,
          scheme.signature() + " holds more than " + MOST_ITEMS + " items");
    }
    List<byte[]> macs = new ArrayList<>();
    Map<String, String> pairs = new HashMap<>();
    for (String item : items) {
      int at = item.indexOf(separator);
      if (at <= 0) {
        throw new RefusedRequestException(
            Rejection.MALFORMED_REQUEST,
            scheme.signature() + " holds an item without a name and '" + separator + "'");
      }
      String name = item.substring(0, at);
      String text = item.substring(at + 1);
      if (name.equals(scheme.name())) {
        scheme.encoding().decoded(text).ifPresent(macs::add);
      } else if (scheme.reads(name) && pairs.put(name, text) != null) {
        throw new RefusedRequestException(
            Rejection.REPEATED_SIGNATURE_FIELD,
            scheme.signature() + " holds " + name + " more than once");
      }
    }
    if (macs.isEmpty()) {
      throw new RefusedRequestException(
          Rejection.MISSING_SIGNATURE_FIELD,
          scheme.signature()
              + " holds no "
              + scheme.name()
              + " signature in "
              + scheme.encoding().wireName());
    }
    return new Signatures(List.copyOf(macs), Map.copyOf(pairs));
  }
}
