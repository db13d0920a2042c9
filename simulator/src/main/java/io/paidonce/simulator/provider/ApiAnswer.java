package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.util.Map;
import java.util.TreeMap;

/**
 * A provider's answer.
 *
 * @param headers names as the provider spells them
 */
public record ApiAnswer(int status, Map<String, String> headers, RawBytes body) {

  public ApiAnswer {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  ApiAnswer with(String header, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.put(header, value);
    return new ApiAnswer(status, changed, body);
  }
}
