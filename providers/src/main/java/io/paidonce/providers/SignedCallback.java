package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.util.Map;

/**
 * A callback as a provider would send it, for the simulator.
 *
 * @param headers names as the provider spells them, content-type included
 * @param body the exact bytes
 */
public record SignedCallback(Map<String, String> headers, RawBytes body) {

  public SignedCallback {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }
}
