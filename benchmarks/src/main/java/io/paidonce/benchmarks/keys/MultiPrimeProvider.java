package io.paidonce.benchmarks.keys;

import java.io.Serial;
import java.security.Provider;
import java.util.List;
import java.util.Map;

/** Lets {@code SHA256withRSA} sign with a {@link MultiPrimeKey}; all other keys pass it by. */
public final class MultiPrimeProvider extends Provider {

  @Serial private static final long serialVersionUID = 1;

  public MultiPrimeProvider() {
    super("PaidOnceMultiPrime", "1", "signs with RSA keys of many primes, for measuring");
    putService(new Signing(this));
  }

  private static final class Signing extends Service {

    Signing(Provider provider) {
      super(
          provider,
          "Signature",
          "SHA256withRSA",
          MultiPrimeSignature.class.getName(),
          List.of(),
          Map.of("SupportedKeyClasses", MultiPrimeKey.class.getName()));
    }

    @Override
    public Object newInstance(Object parameter) {
      return new MultiPrimeSignature();
    }
  }
}
