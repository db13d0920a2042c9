package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has to say, before it is signed.
 *
 * @param code the provider's own word, of an error; empty of a success
 * @param content absent where the answer is empty
 * @param isSigned errors of what stands before the provider's services are not
 */
record Said(int status, String code, @Nullable ObjectNode content, boolean isSigned) {

  Said {
    requireNonNull(code, "code");
  }

  static Said success(int status, @Nullable ObjectNode content) {
    return new Said(status, "", content, true);
  }

  String line() {
    return code.isEmpty() ? Integer.toString(status) : status + " " + code;
  }
}
