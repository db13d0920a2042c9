package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What is needed to verify a notification again, any year: the bytes exactly as received and the
 * headers the signature covers.
 *
 * @param keyId the key that verified it: a certificate serial, a public key id, or a key's
 *     fingerprint where the provider names none
 * @param headers only the headers that take part in verification, names in lower case
 * @param body the untouched request body
 */
public record Evidence(String keyId, Map<String, String> headers, RawBytes body) {

  public Evidence {
    requireNonNull(keyId, "keyId");
    requireNonNull(body, "body");
    headers = Map.copyOf(requireNonNull(headers, "headers"));
  }
}
