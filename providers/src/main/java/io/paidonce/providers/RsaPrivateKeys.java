package io.paidonce.providers;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/** Reads our own private key as the providers' tools write it, and never shows any of it. */
public final class RsaPrivateKeys {

  private RsaPrivateKeys() {}

  /**
   * A key as PEM ({@code BEGIN PRIVATE KEY}) or as bare Base64, both PKCS#8; empty exactly when a
   * problem was reported.
   */
  public static Optional<PrivateKey> read(Secret secret, Problems problems) {
    String text = secret.reveal();
    PemText pem = PemText.single(text).orElse(null);
    if (pem != null && !pem.label().equals("PRIVATE KEY")) {
      problems.add(
          "holds a PEM block "
              + pem.label()
              + "; our own PRIVATE KEY (PKCS#8) belongs here. openssl pkcs8 -topk8 -nocrypt turns"
              + " an RSA PRIVATE KEY into one.");
      return Optional.empty();
    }
    byte[] der =
        pem != null
            ? pem.der().bytes()
            : StrictBase64.decode(PemText.withoutWhitespace(text)).orElse(new byte[0]);
    if (der.length == 0) {
      problems.add("is neither one whole PEM block nor bare Base64; our private key belongs here.");
      return Optional.empty();
    }
    return fromPkcs8(der, problems);
  }

  private static Optional<PrivateKey> fromPkcs8(byte[] der, Problems problems) {
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      int bits = ((RSAPrivateKey) key).getModulus().bitLength();
      if (bits < RsaPublicKeys.MIN_BITS) {
        problems.add(
            "is an RSA key of "
                + bits
                + " bits; at least "
                + RsaPublicKeys.MIN_BITS
                + " are needed.");
        return Optional.empty();
      }
      return Optional.of(key);
    } catch (InvalidKeySpecException e) {
      problems.add("can't be read as an RSA private key (PKCS#8).");
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM reads no RSA keys", e);
    }
  }
}
