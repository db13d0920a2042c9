package io.paidonce.providers.alipay;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.RsaPublicKeys;
import io.paidonce.providers.Sm2Chains;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The roots that an operator pinned: what Alipay's certificates must lead to. Of its file only
 * those of the account's algorithm.
 */
final class AlipayRoots {

  private final SignType signType;
  private final List<X509Certificate> roots;

  private AlipayRoots(SignType signType, List<X509Certificate> roots) {
    this.signType = signType;
    this.roots = List.copyOf(roots);
  }

  /** Reads the file of roots (alipayRootCert.crt); empty exactly when a problem was reported. */
  static Optional<AlipayRoots> read(String pem, SignType signType, Problems problems) {
    int before = problems.lines().size();
    List<X509Certificate> roots = new ArrayList<>();
    for (PemText block : blocks(pem, problems)) {
      Optional<Boolean> ours = CertificateSn.isSignedBy(signType, block.der().bytes());
      if (ours.isEmpty()) {
        problems.add("holds a block that is no X.509 certificate.");
      } else if (ours.get()) {
        signType.readCertificate(block, problems).ifPresent(roots::add);
      }
    }
    if (problems.lines().size() == before && roots.isEmpty()) {
      problems.add(
          "holds no " + signType.keys() + " root; Alipay's file alipayRootCert.crt belongs here.");
    }
    return problems.lines().size() == before
        ? Optional.of(new AlipayRoots(signType, roots))
        : Optional.empty();
  }

  /** The certificates of a text in its order; empty exactly when a problem was reported. */
  List<X509Certificate> certificates(String pem, Problems problems) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemText block : blocks(pem, problems)) {
      Optional<X509Certificate> certificate = signType.readCertificate(block, problems);
      if (certificate.isEmpty()) {
        return List.of();
      }
      certificates.add(certificate.get());
    }
    return certificates;
  }

  /** What requests name them by. */
  String sn() {
    return CertificateSn.ofRoots(roots);
  }

  /**
   * The key of a certificate that leads to one of these roots; empty exactly when a problem was
   * reported.
   *
   * @param chain the certificate, then who issued it, up to a root or the one below it
   */
  Optional<AlipayKeys.Key> key(List<X509Certificate> chain, Problems problems) {
    List<X509Certificate> path =
        chain.stream().filter(certificate -> !roots.contains(certificate)).toList();
    if (path.isEmpty()) {
      problems.add("is one of the roots; Alipay's own certificate belongs here.");
      return Optional.empty();
    }
    Instant from =
        path.stream()
            .map(certificate -> certificate.getNotBefore().toInstant())
            .max(Instant::compareTo)
            .orElseThrow();
    Instant until =
        path.stream()
            .map(certificate -> certificate.getNotAfter().toInstant())
            .min(Instant::compareTo)
            .orElseThrow();
    // Judged for when all of them are valid; whether that is now is judged when a message comes.
    if (from.isAfter(until)) {
      problems.add("was never valid together with those who issued it.");
      return Optional.empty();
    }
    try {
      if (signType == SignType.SM2) {
        Sm2Chains.validate(path, parameters(from));
      } else {
        CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
        CertPathValidator.getInstance("PKIX").validate(certPath, parameters(from));
      }
    } catch (CertPathValidatorException e) {
      problems.add(
          "does not lead to one of rootCertificates: is it Alipay's (alipayCertPublicKey_"
              + (signType == SignType.SM2 ? "SM2" : "RSA2")
              + ".crt), whole, with who issued it?");
      return Optional.empty();
    } catch (NoSuchAlgorithmException
        | CertificateException
        | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("this JVM can't validate certificates", e);
    }
    X509Certificate own = path.get(0);
    return Optional.of(
        new AlipayKeys.Key(CertificateSn.of(own), own.getPublicKey(), signType, from, until));
  }

  private PKIXParameters parameters(Instant at) throws InvalidAlgorithmParameterException {
    Set<TrustAnchor> anchors =
        roots.stream().map(root -> new TrustAnchor(root, null)).collect(toUnmodifiableSet());
    PKIXParameters parameters = new PKIXParameters(anchors);
    // Where Alipay would say so is not known; a certificate is taken back by taking it out here.
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    return parameters;
  }

  private static List<PemText> blocks(String pem, Problems problems) {
    if (RsaPublicKeys.isPrivate(pem)) {
      problems.add("holds a private key; only certificates belong here.");
      return List.of();
    }
    List<PemText> blocks = PemText.all(pem);
    if (blocks.isEmpty() || !blocks.stream().allMatch(b -> b.label().equals("CERTIFICATE"))) {
      problems.add("must be certificates in PEM form and nothing else.");
      return List.of();
    }
    return blocks;
  }
}
