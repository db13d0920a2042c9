package io.paidonce.benchmarks.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultiPrimeKeyTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theJdkVerifiesWhatItSigned(long seed) throws GeneralSecurityException {
    MultiPrimeKey key = MultiPrimeKey.from(new SplittableRandom(seed));
    for (int i = 0; i < 50; i++) {
      byte[] message = ("message " + i).getBytes(UTF_8);
      assertThat(verifies(key, sign(key, message), message)).isTrue();
      assertThat(verifies(key, sign(key, message), "another".getBytes(UTF_8))).isFalse();
    }
  }

  @Test
  void itsPublicHalfCostsAVerifierWhatAnyOtherDoes() {
    RSAPublicKey key = (RSAPublicKey) MultiPrimeKey.from(new SplittableRandom(1)).publicKey();
    assertThat(key.getModulus().bitLength()).isEqualTo(2048);
    assertThat(key.getPublicExponent().intValueExact()).isEqualTo(65_537);
  }

  @Test
  void theSameSeedMakesTheSameKey() {
    assertThat(MultiPrimeKey.from(new SplittableRandom(7)).publicKey())
        .isEqualTo(MultiPrimeKey.from(new SplittableRandom(7)).publicKey());
  }

  private static byte[] sign(MultiPrimeKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA", new MultiPrimeProvider());
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static boolean verifies(MultiPrimeKey key, byte[] signature, byte[] message)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA", "SunRsaSign");
    verifier.initVerify(key.publicKey());
    verifier.update(message);
    return verifier.verify(signature);
  }
}
