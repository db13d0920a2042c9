package io.paidonce.providers.alipay;

import io.paidonce.contract.Money;
import io.paidonce.providers.UnreadableContentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Amounts and times as Alipay writes them, in notices and in answers alike. */
final class AlipayText {

  static final String CURRENCY = "CNY";

  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(BEIJING);

  private AlipayText() {}

  static Money yuan(String name, String value) throws UnreadableContentException {
    try {
      return Money.parseMajor(value, CURRENCY);
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException(
          name + " is not a decimal number of yuan with at most 2 decimals");
    }
  }

  /** An amount that must be more than nothing. */
  static Money positiveYuan(String name, String value) throws UnreadableContentException {
    Money money = yuan(name, value);
    if (money.amountMinor() <= 0 || money.amountMinor() > Money.MAX_AMOUNT_MINOR) {
      throw new UnreadableContentException(
          name + " is not from 1 to " + Money.MAX_AMOUNT_MINOR + " fen");
    }
    return money;
  }

  static Instant time(String name, String value) throws UnreadableContentException {
    try {
      // Years have four digits; the JDK's parser knows signed and longer ones.
      if (value.indexOf('-') == 4) {
        return LocalDateTime.parse(value, TIME).toInstant(BEIJING);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException(name + " is not a time like 2026-01-31 20:00:00");
  }

  /** A time as requests carry it. */
  static String written(Instant time) {
    return SECONDS.format(time);
  }
}
