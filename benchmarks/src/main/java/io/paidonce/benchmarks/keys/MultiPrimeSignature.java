package io.paidonce.benchmarks.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** RSASSA-PKCS1-v1_5 with SHA-256, the signing half of it. */
final class MultiPrimeSignature extends SignatureSpi {

  private static final int BYTES = MultiPrimeKey.BITS / 8;
  // What stands before a SHA-256 digest: RFC 8017, 9.2, note 1.
  private static final byte[] DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final MessageDigest digest;
  private @Nullable MultiPrimeKey key;

  MultiPrimeSignature() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
    if (!(privateKey instanceof MultiPrimeKey multiPrime)) {
      throw new InvalidKeyException("signs with keys of many primes only");
    }
    key = multiPrime;
    digest.reset();
  }

  @Override
  protected void engineUpdate(byte b) {
    digest.update(b);
  }

  @Override
  protected void engineUpdate(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    MultiPrimeKey signing = key;
    if (signing == null) {
      throw new SignatureException("no key was given");
    }
    byte[] power = signing.power(new BigInteger(1, padded(digest.digest()))).toByteArray();
    byte[] signature = new byte[BYTES];
    // A BigInteger's bytes have a leading zero for the sign, and none that the number lacks.
    int length = Math.min(power.length, BYTES);
    System.arraycopy(power, power.length - length, signature, BYTES - length, length);
    return signature;
  }

  private static byte[] padded(byte[] hash) {
    byte[] padding = new byte[BYTES - DIGEST_INFO.length - hash.length];
    Arrays.fill(padding, (byte) 0xff);
    padding[0] = 0;
    padding[1] = 1;
    padding[padding.length - 1] = 0;
    ByteArrayOutputStream message = new ByteArrayOutputStream(BYTES);
    message.writeBytes(padding);
    message.writeBytes(DIGEST_INFO);
    message.writeBytes(hash);
    return message.toByteArray();
  }

  @Override
  protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
    throw new InvalidKeyException("verifying is for the provider that is measured");
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    throw new SignatureException("verifying is for the provider that is measured");
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new UnsupportedOperationException("no parameters");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new UnsupportedOperationException("no parameters");
  }
}
