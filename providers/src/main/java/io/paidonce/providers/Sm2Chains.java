package io.paidonce.providers;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.util.List;

/** Judges chains of certificates that are signed with SM2, by the rules of PKIX. */
public final class Sm2Chains {

  private Sm2Chains() {}

  /**
   * Does nothing if a certificate leads to one of the roots of the parameters.
   *
   * @param path a certificate, then who issued it, up to the one below a root
   * @throws CertPathValidatorException if it does not lead to one of the roots
   */
  public static void validate(List<X509Certificate> path, PKIXParameters parameters)
      throws CertPathValidatorException, CertificateException, InvalidAlgorithmParameterException {
    try {
      CertPathValidator.getInstance("PKIX", Sm2Keys.provider())
          .validate(Sm2Keys.certificates().generateCertPath(path), parameters);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Bouncy Castle validates no chains", e);
    }
  }
}
