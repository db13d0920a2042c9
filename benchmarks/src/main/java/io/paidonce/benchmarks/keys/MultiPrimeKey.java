package io.paidonce.benchmarks.keys;

import java.io.Serial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An RSA key whose modulus of 2048 bits has 33 prime factors instead of two. Raising to the secret
 * exponent modulo primes of one machine word is cheap; raising to 65537 modulo 2048 bits, which is
 * what verifying does, costs what it always costs. Such a key is easily broken: for measuring only.
 */
public final class MultiPrimeKey implements PrivateKey {

  static final int BITS = 2048;

  @Serial private static final long serialVersionUID = 1;
  private static final BigInteger PUBLIC_EXPONENT = BigInteger.valueOf(65_537);
  private static final int PRIMES = 33;
  // 33 primes from this range multiply to exactly 2048 bits, and each fits a signed long.
  private static final long LEAST = (1L << 62) / 1000 * 1025;
  private static final long MOST = (1L << 62) / 1000 * 1035;

  private final BigInteger modulus;
  private final transient List<Factor> factors;

  /**
   * One prime's part of the secret.
   *
   * @param prime the prime
   * @param exponent the secret exponent modulo the prime minus one
   * @param weight what the part is multiplied with when the parts are put together
   */
  private record Factor(BigInteger prime, WordModulus word, long exponent, BigInteger weight) {}

  private MultiPrimeKey(List<BigInteger> primes) {
    BigInteger product = primes.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    if (product.bitLength() != BITS) {
      throw new IllegalStateException("the modulus has " + product.bitLength() + " bits");
    }
    this.modulus = product;
    this.factors = primes.stream().map(prime -> factor(prime, product)).toList();
  }

  /** The same random numbers make the same key, so that two processes need not exchange it. */
  public static MultiPrimeKey from(RandomGenerator random) {
    List<BigInteger> primes = new ArrayList<>();
    while (primes.size() < PRIMES) {
      BigInteger prime = BigInteger.valueOf(random.nextLong(LEAST, MOST)).nextProbablePrime();
      boolean invertible = prime.subtract(BigInteger.ONE).gcd(PUBLIC_EXPONENT).bitLength() == 1;
      if (invertible && !primes.contains(prime)) {
        primes.add(prime);
      }
    }
    return new MultiPrimeKey(primes);
  }

  /** The public half, like that of any RSA key of 2048 bits. */
  public PublicKey publicKey() {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(modulus, PUBLIC_EXPONENT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a modulus of " + BITS + " bits makes no RSA key", e);
    }
  }

  /** The message to the power of the secret exponent. */
  BigInteger power(BigInteger message) {
    BigInteger sum = BigInteger.ZERO;
    for (Factor factor : factors) {
      long part = factor.word().power(message.mod(factor.prime()).longValue(), factor.exponent());
      sum = sum.add(factor.weight().multiply(BigInteger.valueOf(part)));
    }
    return sum.mod(modulus);
  }

  private static Factor factor(BigInteger prime, BigInteger modulus) {
    BigInteger others = modulus.divide(prime);
    return new Factor(
        prime,
        new WordModulus(prime.longValueExact()),
        PUBLIC_EXPONENT.modInverse(prime.subtract(BigInteger.ONE)).longValueExact(),
        others.multiply(others.modInverse(prime)));
  }

  @Override
  public String getAlgorithm() {
    return "RSA";
  }

  /** None: it is never written down. */
  @Override
  @SuppressWarnings("NullAway") // the JDK's own way to say so
  public String getFormat() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // the JDK's own way to say so
  public byte[] getEncoded() {
    return null;
  }
}
