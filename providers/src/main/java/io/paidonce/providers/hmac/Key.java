package io.paidonce.providers.hmac;

import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One secret, ready to sign.
 *
 * @param until when it stops counting; absent where it does not
 */
record Key(String version, SecretKeySpec bytes, @Nullable Instant until) {

  boolean countsAt(Instant time) {
    return until == null || time.isBefore(until);
  }
}
