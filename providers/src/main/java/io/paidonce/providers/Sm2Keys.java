package io.paidonce.providers;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.interfaces.ECKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and certificates of SM2, whose curve the JDK does not know. They are Bouncy Castle's,
 * which is asked by name and never registered with the JVM: what else runs here keeps its own
 * providers, and who has no SM2 key never loads it.
 */
public final class Sm2Keys {

  // 1.2.156.10197.1.301 as it stands in every key on that curve.
  private static final byte[] CURVE = HexFormat.of().parseHex("06082a811ccf5501822d");

  private Sm2Keys() {}

  /** Loaded with the first SM2 key. */
  private static final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();
    static final ECParameterSpec CURVE = ECNamedCurveTable.getParameterSpec("sm2p256v1");
  }

  static Provider provider() {
    return BouncyCastle.PROVIDER;
  }

  /** Whether the bytes of a key or a certificate name the curve; looked for, not yet believed. */
  public static boolean names(byte[] der) {
    for (int i = 0; i + CURVE.length <= der.length; i++) {
      int matched = 0;
      while (matched < CURVE.length && der[i + matched] == CURVE[matched]) {
        matched++;
      }
      if (matched == CURVE.length) {
        return true;
      }
    }
    return false;
  }

  /** A public key (SubjectPublicKeyInfo); empty exactly when a problem was reported. */
  static Optional<PublicKey> publicKey(byte[] spki, Problems problems) {
    try {
      PublicKey key = factory().generatePublic(new X509EncodedKeySpec(spki));
      return isOnCurve(key) ? Optional.of(key) : unreadable("public key", problems);
    } catch (InvalidKeySpecException e) {
      return privateKey(spki, Problems.none()).isPresent()
          ? RsaPublicKeys.reportPrivateKey(problems)
          : unreadable("public key", problems);
    }
  }

  /** A private key (PKCS#8); empty exactly when a problem was reported. */
  static Optional<PrivateKey> privateKey(byte[] pkcs8, Problems problems) {
    try {
      PrivateKey key = factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return isOnCurve(key) ? Optional.of(key) : unreadable("private key", problems);
    } catch (InvalidKeySpecException e) {
      return unreadable("private key", problems);
    }
  }

  /**
   * A certificate of an SM2 key; neither chain nor dates are judged. Empty exactly when a problem
   * was reported.
   */
  static Optional<X509Certificate> certificate(byte[] der, Problems problems) {
    try {
      X509Certificate certificate =
          (X509Certificate) certificates().generateCertificate(new ByteArrayInputStream(der));
      // Null where Bouncy Castle can't read the key inside.
      @Nullable PublicKey key = certificate == null ? null : certificate.getPublicKey();
      return key != null && isOnCurve(key)
          ? Optional.ofNullable(certificate)
          : unreadable("certificate", problems);
    } catch (CertificateException e) {
      return unreadable("certificate", problems);
    }
  }

  /** Makes and reads certificates and their chains. */
  static CertificateFactory certificates() {
    try {
      return CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER);
    } catch (CertificateException e) {
      throw new IllegalStateException("Bouncy Castle reads no certificates", e);
    }
  }

  /** A fresh key pair. */
  public static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
      generator.initialize(new ECGenParameterSpec("sm2p256v1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle makes no SM2 keys", e);
    }
  }

  // Parameters may also be spelt out instead of named, with others than the name promises.
  private static boolean isOnCurve(Object key) {
    return key instanceof ECKey ec
        && BouncyCastle.CURVE.getCurve().equals(ec.getParameters().getCurve())
        && BouncyCastle.CURVE.getG().equals(ec.getParameters().getG())
        && BouncyCastle.CURVE.getN().equals(ec.getParameters().getN());
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance("EC", BouncyCastle.PROVIDER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Bouncy Castle reads no EC keys", e);
    }
  }

  private static <T> Optional<T> unreadable(String what, Problems problems) {
    problems.add("names the curve of SM2 but can't be read as its " + what + ".");
    return Optional.empty();
  }
}
