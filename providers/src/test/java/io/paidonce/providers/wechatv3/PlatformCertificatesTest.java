package io.paidonce.providers.wechatv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.Doubt;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.wechatv3.CertificateDownload.Downloaded;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When to download, and that nothing good is lost by a download that fails. */
class PlatformCertificatesTest {

  private static final Instant T = Instant.parse("2026-01-31T12:00:00Z");
  private static final CertificateDownload FAILED = new Failed(Doubt.TIMED_OUT, "in a test");
  private static final PlatformCertificate CERTIFICATE =
      new PlatformCertificate(
          TestCertificate.of(TestKeys.PLATFORM.getPublic(), TestKeys.PLATFORM.getPrivate()).x509());
  private static final CertificateDownload GOOD = new Downloaded(List.of(CERTIFICATE));

  @Test
  void theFirstDownloadIsDueAtOnceAndThenEachHour() {
    PlatformCertificates none = PlatformCertificates.none();
    assertThat(none.isDue(T)).isTrue();
    PlatformCertificates good = none.tried(T).after(GOOD);
    assertThat(good.certificates()).containsExactly(CERTIFICATE);
    assertThat(good.isDue(T.plus(Duration.ofMinutes(59)))).isFalse();
    assertThat(good.isDue(T.plus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void aMillionUnknownSerialsCauseOneDownloadEachMinute() {
    PlatformCertificates certificates = PlatformCertificates.none().tried(T).after(GOOD);
    int downloads = 0;
    for (int i = 1; i <= 1_000_000; i++) {
      Instant now = T.plusMillis(i);
      if (certificates.mayAsk(now)) {
        downloads++;
        certificates = certificates.tried(now).after(i % 2 == 0 ? GOOD : FAILED);
      }
    }
    // A thousand seconds.
    assertThat(downloads).isEqualTo(16);
  }

  @Test
  void whatWasGoodStaysGoodAndTheNextTryComesSooner() {
    PlatformCertificates good = PlatformCertificates.none().tried(T).after(GOOD);
    Instant later = T.plus(Duration.ofHours(1));
    PlatformCertificates failed = good.tried(later).after(FAILED);
    assertThat(failed.certificates()).containsExactly(CERTIFICATE);
    assertThat(failed.isDue(later.plus(Duration.ofMinutes(1)).minusMillis(1))).isFalse();
    assertThat(failed.isDue(later.plus(Duration.ofMinutes(1)))).isTrue();
    assertThat(failed.after(new Downloaded(List.of())).certificates()).isEmpty();
  }

  @Test
  void whileOneIsUnderWayNoOtherBegins() {
    PlatformCertificates underWay = PlatformCertificates.none().tried(T);
    assertThat(underWay.isDue(T.plusMillis(1))).isFalse();
    assertThat(underWay.mayAsk(T.plusMillis(1))).isFalse();
  }

  @Test
  void aClockThatGoesBackStopsNothing() {
    PlatformCertificates good = PlatformCertificates.none().tried(T).after(GOOD);
    Instant before = T.minus(Duration.ofDays(300));
    assertThat(good.isDue(before)).isTrue();
    assertThat(good.tried(before).after(GOOD).mayAsk(before.plusSeconds(1))).isFalse();
  }

  @Test
  void withoutAPauseItIsNoRule() {
    assertThatThrownBy(
            () ->
                new PlatformCertificates(List.of(), Duration.ofHours(1), Duration.ZERO, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new PlatformCertificates(
                    List.of(), Duration.ofMinutes(1), Duration.ofHours(1), null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
