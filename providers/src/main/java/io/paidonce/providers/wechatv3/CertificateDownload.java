package io.paidonce.providers.wechatv3;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome.Unknown;
import java.util.List;

/** What came of downloading the platform's certificates: all of them, or none. */
public sealed interface CertificateDownload {

  /**
   * The platform's word.
   *
   * @param certificates those that have not expired, also those that are not valid yet; none where
   *     the platform says that this merchant has public keys only
   */
  record Downloaded(List<PlatformCertificate> certificates) implements CertificateDownload {
    public Downloaded {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * Nothing that could be believed: what was good stays good.
   *
   * @param explanation what exactly, with values and units; for the operator
   */
  record Failed(Doubt why, String explanation) implements CertificateDownload {
    public Failed {
      requireNonNull(why, "why");
      requireNonNull(explanation, "explanation");
    }

    static Failed of(Unknown unknown) {
      return new Failed(unknown.why(), unknown.explanation());
    }
  }
}
