package io.paidonce.providers.wechatv3;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict.Refused;
import java.security.PublicKey;
import java.time.Duration;
import java.util.TreeSet;

/**
 * The one rule that callbacks and answers are verified by, over the untouched bytes. What it hands
 * out is what the next step needs: without evidence there is nothing to read.
 */
final class SignatureCheck {

  static final String PROBE_PREFIX = "WECHATPAY/SIGNTEST/";

  /** As the provider's own libraries have it; a retry is signed anew. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String account;
  private final KeyRing keys;
  private final Duration tolerance;

  SignatureCheck(String account, KeyRing keys) {
    this(account, keys, TOLERANCE);
  }

  /**
   * With another tolerance.
   *
   * @param tolerance how far the signed time may not be from our clock, either side
   */
  SignatureCheck(String account, KeyRing keys, Duration tolerance) {
    this.account = account;
    this.keys = keys;
    this.tolerance = tolerance;
  }

  /** What a check comes to. */
  sealed interface Checked {}

  /** The platform signed these bytes, not long ago, with a key of this suite. */
  record Good(Evidence evidence, Suite suite) implements Checked {}

  /** It did not, or not so that it can be told. */
  record Bad(Refused refused) implements Checked {}

  Checked check(CallbackRequest request) {
    Refused refusal = SignedHeaders.refusal(request);
    if (refusal != null) {
      return new Bad(refusal);
    }
    SignedHeaders headers = SignedHeaders.of(request);
    String keyId = KeyRing.normalised(headers.get(SignedHeaders.SERIAL)).orElse("");
    PublicKey key = keys.byId(keyId, request.receivedAt()).orElse(null);
    if (key == null) {
      return new Bad(unknownKey(headers));
    }
    Suite suite = Suite.of(key);
    if (headers.contradict(suite)) {
      return new Bad(anotherAlgorithm(headers, keyId, suite));
    }
    if (!headers.verifies(key, request.body().bytes())) {
      return new Bad(mismatch(headers, keyId, request.body().length()));
    }
    // Only now: before, whoever writes any time would be told of a clock, and be nobody's forgery.
    Refused stale = headers.staleness(request.receivedAt(), tolerance);
    return stale == null
        ? new Good(new Evidence(keyId, headers.values(), request.body()), suite)
        : new Bad(stale);
  }

  private Refused unknownKey(SignedHeaders headers) {
    return new Refused(
        Rejection.UNKNOWN_KEY,
        SignedHeaders.SERIAL
            + " is "
            + AccountChecks.shown(headers.get(SignedHeaders.SERIAL))
            + "; the keys of account "
            + account
            + " are "
            + (keys.ids().isEmpty()
                ? "none yet: its platform certificates were not downloaded so far"
                : String.join(", ", new TreeSet<>(keys.ids())))
            + " (a new platform key to add, one that is not valid now, or a merchant certificate"
            + " where the platform's belongs?)");
  }

  private static Refused anotherAlgorithm(SignedHeaders headers, String keyId, Suite suite) {
    return new Refused(
        Rejection.UNSUPPORTED_ALGORITHM,
        SignedHeaders.SIGNATURE_TYPE
            + " is "
            + headers.get(SignedHeaders.SIGNATURE_TYPE)
            + "; key "
            + keyId
            + " signs with "
            + suite.signatureType());
  }

  private static Refused mismatch(SignedHeaders headers, String keyId, int bodyBytes) {
    // Judged only now: the prefix must not change what is verified, only how loud the failure is.
    boolean probe = headers.get(SignedHeaders.SIGNATURE).startsWith(PROBE_PREFIX);
    return probe
        ? new Refused(
            Rejection.SIGNATURE_PROBE,
            "the signature starts with " + PROBE_PREFIX + ": a test of ours by the provider")
        : new Refused(
            Rejection.SIGNATURE_MISMATCH,
            "the signature does not fit key "
                + keyId
                + " and the body of "
                + bodyBytes
                + " bytes as received (was the body rewritten on its way, or a header altered?)");
  }
}
