package io.paidonce.providers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of that name: seconds or a date. It is not signed, so it may only slow us down, and
 * only so far.
 */
public final class RetryAfter {

  /** However long the other side asks for: a lost payment must not wait for a broken proxy. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfter() {}

  /** How long to wait; empty where it does not say so in a way that can be read. */
  public static Optional<Duration> of(ApiReply.Answered answer) {
    List<String> values = answer.headers().getOrDefault("retry-after", List.of());
    if (values.size() != 1) {
      return Optional.empty();
    }
    String value = values.get(0).strip();
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(Duration.between(answer.receivedAt(), at.toInstant())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
