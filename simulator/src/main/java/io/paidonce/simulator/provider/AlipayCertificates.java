package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * The certificates of an application that goes by them instead of bare keys.
 *
 * @param applicationSn names the certificate that its requests are signed with
 * @param alipaySn names the one that answers are signed with
 * @param alipayPem that one
 */
public record AlipayCertificates(String applicationSn, String alipaySn, String alipayPem) {

  public AlipayCertificates {
    requireNonNull(applicationSn, "applicationSn");
    requireNonNull(alipaySn, "alipaySn");
    requireNonNull(alipayPem, "alipayPem");
  }

  /**
   * Of both, in PEM form.
   *
   * @throws IllegalArgumentException if one of them is no certificate
   */
  public static AlipayCertificates of(String applicationPem, String alipayPem) {
    return new AlipayCertificates(sn(applicationPem), sn(alipayPem), alipayPem);
  }

  // MD5 of the issuer's name followed by the serial number in decimal.
  private static String sn(String pem) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
      String named = certificate.getIssuerX500Principal().getName() + certificate.getSerialNumber();
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(named.getBytes(UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate in PEM form", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no MD5", e);
    }
  }
}
