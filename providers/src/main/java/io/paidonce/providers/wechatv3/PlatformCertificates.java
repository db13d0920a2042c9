package io.paidonce.providers.wechatv3;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that were last downloaded for one account, and when to download again. A value:
 * each change is a new one, and a reader sees the whole old list or the whole new one.
 *
 * @param certificates the last good ones
 * @param every how often they are downloaded while all is well
 * @param pause how long to wait at least after a download began, whoever wants the next one: any
 *     stranger can send a serial that nobody knows
 * @param triedAt when the last download began; absent before the first
 * @param refreshedAt when the last good one began; absent before it
 */
public record PlatformCertificates(
    List<PlatformCertificate> certificates,
    Duration every,
    Duration pause,
    @Nullable Instant triedAt,
    @Nullable Instant refreshedAt) {

  /** The provider asks for less than twelve hours, and its own library does so each hour. */
  public static final Duration EVERY = Duration.ofHours(1);

  public static final Duration PAUSE = Duration.ofMinutes(1);

  public PlatformCertificates {
    certificates = List.copyOf(certificates);
    requireNonNull(every, "every");
    requireNonNull(pause, "pause");
    if (pause.isNegative() || pause.isZero() || every.compareTo(pause) < 0) {
      throw new IllegalArgumentException(
          "pause must be above 0 and at most every: " + pause + ", " + every);
    }
  }

  /** Before the first download. */
  public static PlatformCertificates none() {
    return new PlatformCertificates(List.of(), EVERY, PAUSE, null, null);
  }

  /** Whether to download, though nobody is waiting for it. */
  public boolean isDue(Instant now) {
    return mayAsk(now) && (refreshedAt == null || hasPassed(refreshedAt, every, now));
  }

  /** Whether to download because a serial came that is not known. */
  public boolean mayAsk(Instant now) {
    return triedAt == null || hasPassed(triedAt, pause, now);
  }

  /** A download begins. */
  public PlatformCertificates tried(Instant now) {
    return new PlatformCertificates(certificates, every, pause, now, refreshedAt);
  }

  /** A download that was {@link #tried} came to an end. */
  public PlatformCertificates after(CertificateDownload download) {
    return download instanceof CertificateDownload.Downloaded downloaded
        ? new PlatformCertificates(downloaded.certificates(), every, pause, triedAt, triedAt)
        : this;
  }

  // A clock that went back must not keep us from downloading until it is there again.
  private static boolean hasPassed(Instant since, Duration wait, Instant now) {
    return now.isBefore(since) || !now.isBefore(since.plus(wait));
  }
}
