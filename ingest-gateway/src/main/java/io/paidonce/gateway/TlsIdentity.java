package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate with its private key, tried: the key is the certificate's, and each certificate was
 * issued by the next. What a server would only find out in somebody's handshake is found out here.
 */
final class TlsIdentity {

  private static final byte[] TRIAL = "paidonce tries its own key".getBytes(US_ASCII);
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PKCS8 = "PRIVATE KEY";

  private final TlsConfig config;
  private final List<X509Certificate> chain;

  private TlsIdentity(TlsConfig config, List<X509Certificate> chain) {
    this.config = config;
    this.chain = List.copyOf(chain);
  }

  /** Empty exactly when a problem was reported. Goes by no clock: see {@link #checkDates}. */
  static Optional<TlsIdentity> read(TlsConfig config, Problems problems) {
    int before = problems.lines().size();
    List<X509Certificate> chain = chain(config.certificate(), problems.in("certificate"));
    if (!chain.isEmpty()) {
      checkOrder(chain, problems.in("certificate"));
      checkKey(config, chain.get(0).getPublicKey(), problems.in("key"));
    }
    return problems.lines().size() == before
        ? Optional.of(new TlsIdentity(config, chain))
        : Optional.empty();
  }

  private static List<X509Certificate> chain(String text, Problems problems) {
    List<PemText> blocks = PemText.all(text);
    if (blocks.isEmpty() || !blocks.stream().allMatch(b -> b.label().equals(CERTIFICATE))) {
      problems.add(
          "should hold PEM blocks CERTIFICATE and nothing else: the gateway's own first, then the"
              + " one that issued it");
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (PemText block : blocks) {
      try {
        chain.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.der().bytes())));
      } catch (CertificateException e) {
        problems.at(chain.size()).add("can't be read as a certificate");
        return List.of();
      }
    }
    return chain;
  }

  private static void checkOrder(List<X509Certificate> chain, Problems problems) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      try {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      } catch (GeneralSecurityException e) {
        problems
            .at(i)
            .add(
                "was not issued by the certificate behind it; put the gateway's own first, and"
                    + " behind each the one that issued it");
      }
    }
  }

  private static void checkKey(TlsConfig config, PublicKey certified, Problems problems) {
    PemText pem = PemText.single(config.key().reveal()).orElse(null);
    if (pem == null || !pem.label().equals(PKCS8)) {
      problems.add(
          "should be one PEM block PRIVATE KEY (PKCS#8, without a password). openssl pkcs8 -topk8"
              + " -nocrypt turns others into one");
      return;
    }
    String algorithm = certified.getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      problems.add("belongs to a certificate with a key of " + algorithm + "; use RSA or EC");
      return;
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(pem.der().bytes()));
      if (!fits(key, certified)) {
        problems.add("is not the key of the first certificate; are both of the same renewal?");
      }
    } catch (InvalidKeySpecException e) {
      problems.add(
          "can't be read as a private key of " + algorithm + ", which the first certificate has");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + algorithm, e);
    }
  }

  private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    String algorithm = certified.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(TRIAL);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(TRIAL);
      return signature.verify(signed);
    } catch (java.security.SignatureException | java.security.InvalidKeyException e) {
      // Of another curve or another size: not this certificate's either.
      return false;
    }
  }

  /**
   * Reports a certificate of ours that nobody would accept now. Those behind it are not judged:
   * clients may find another way to a root that they trust.
   */
  void checkDates(Instant now, Problems problems) {
    Instant from = chain.get(0).getNotBefore().toInstant();
    if (now.isAfter(until())) {
      problems.in("certificate").add("expired at " + until() + "; renew it");
    } else if (now.isBefore(from)) {
      problems.in("certificate").add("is valid from " + from + " on only; is the clock right?");
    }
  }

  /** The last moment of our own certificate. */
  Instant until() {
    return chain.get(0).getNotAfter().toInstant();
  }

  boolean isSameAs(TlsIdentity other) {
    return config.certificate().equals(other.config.certificate())
        && config.key().reveal().equals(other.config.key().reveal());
  }

  /** For the log: whose it is and until when. */
  String described() {
    X509Certificate own = chain.get(0);
    return own.getSubjectX500Principal().getName()
        + ", serial "
        + own.getSerialNumber().toString(16)
        + ", until "
        + until();
  }

  PemKeyCertOptions options() {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(config.certificate()))
        .setKeyValue(Buffer.buffer(config.key().reveal()));
  }
}
