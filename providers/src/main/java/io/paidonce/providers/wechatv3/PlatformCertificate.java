package io.paidonce.providers.wechatv3;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/**
 * A certificate of the platform that was downloaded. Unlike one that an operator put into the
 * configuration, it is a key only for as long as its dates say.
 *
 * @param certificate with an RSA key of 2048 bits or more, or an SM2 key
 */
public record PlatformCertificate(X509Certificate certificate) {

  public PlatformCertificate {
    requireNonNull(certificate, "certificate");
  }

  /** Its serial as {@code Wechatpay-Serial} names it: upper case, without leading zeros. */
  public String serial() {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  /** When it starts to be a key; new ones are handed out a day before. */
  public Instant validFrom() {
    return certificate.getNotBefore().toInstant();
  }

  /** The last moment at which it is one. */
  public Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  public boolean isValidAt(Instant time) {
    return !time.isBefore(validFrom()) && !time.isAfter(validUntil());
  }
}
