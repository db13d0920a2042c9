package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * RFC 3339 times in UTC, as {@link Instant#toString} and {@link Instant#parse} have them. Each
 * payment carries some forty times through its topics, and the JDK's formatter takes a microsecond
 * for one; the common form is read and written here in a tenth of that, every other by the JDK.
 */
final class InstantText {

  private static final int SECONDS_END = 19;
  private static final int MOST_FRACTION_DIGITS = 9;
  private static final long SECONDS_A_DAY = 86_400;
  // Years with four digits: what lies outside has another form.
  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  private InstantText() {}

  /** The same text as {@link Instant#toString}. */
  static String of(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds < YEAR_0 || seconds >= YEAR_10000) {
      return time.toString();
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
    int ofDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
    int nanos = time.getNano();
    int fraction = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    byte[] text = new byte[SECONDS_END + (fraction == 0 ? 1 : fraction + 2)];
    put(text, 0, 4, date.getYear());
    text[4] = '-';
    put(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, ofDay / 3_600);
    text[13] = ':';
    put(text, 14, 2, ofDay / 60 % 60);
    text[16] = ':';
    put(text, 17, 2, ofDay % 60);
    if (fraction > 0) {
      text[SECONDS_END] = '.';
      put(text, SECONDS_END + 1, fraction, nanos / power(MOST_FRACTION_DIGITS - fraction));
    }
    text[text.length - 1] = 'Z';
    return new String(text, ISO_8859_1);
  }

  /**
   * The same time as {@link Instant#parse}.
   *
   * @throws DateTimeException where that throws
   */
  static Instant parse(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END
        || end > SECONDS_END + 1 + MOST_FRACTION_DIGITS
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return Instant.parse(text);
    }
    int fraction = end - SECONDS_END - 1;
    if (fraction == 0 || (fraction > 0 && text.charAt(SECONDS_END) != '.')) {
      return Instant.parse(text);
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_END);
    int digits = fraction < 0 ? 0 : number(text, SECONDS_END + 1, end);
    if ((year | month | day | hour | minute | second | digits) < 0
        || hour > 23
        || minute > 59
        || second > 59) {
      // Midnight as 24:00, a leap second, or an error to be described: the JDK's.
      return Instant.parse(text);
    }
    long epochDay = LocalDate.of(year, month, day).toEpochDay();
    long ofDay = hour * 3_600L + minute * 60L + second;
    return Instant.ofEpochSecond(
        epochDay * SECONDS_A_DAY + ofDay,
        fraction < 0 ? 0 : (long) digits * power(MOST_FRACTION_DIGITS - fraction));
  }

  private static void put(byte[] text, int from, int digits, int number) {
    int rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  // Negative where it is no number.
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
