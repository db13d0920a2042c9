package io.paidonce.contract;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/**
 * An amount in minor units (fen, cents) of one ISO 4217 currency. Never a floating point number:
 * every conversion here is exact or fails.
 *
 * @param amountMinor minor units, may be zero or negative only where the caller allows it
 * @param currency ISO 4217 code, upper case
 */
public record Money(long amountMinor, String currency) {

  /**
   * The largest amount anything here accepts: ten trillion yuan. Sums of thousands of them still
   * fit a long, so no sum in the ledger can overflow.
   */
  public static final long MAX_AMOUNT_MINOR = 1_000_000_000_000_000L;

  public Money {
    requireCurrency(currency);
  }

  public static Money of(long amountMinor, String currency) {
    return new Money(amountMinor, currency);
  }

  /**
   * Parses an amount in major units ("2", "2.0", "2.00" yuan).
   *
   * @throws IllegalArgumentException if the text is not a plain decimal number, has more decimals
   *     than the currency, or does not fit a long
   */
  public static Money parseMajor(String text, String currency) {
    Currency iso = requireCurrency(currency);
    if (!isPlainDecimal(text)) {
      throw new IllegalArgumentException("amount is not a plain decimal number: " + abridged(text));
    }
    try {
      BigDecimal minor = new BigDecimal(text).movePointRight(iso.getDefaultFractionDigits());
      return new Money(minor.longValueExact(), currency);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "amount does not fit "
              + currency
              + " with "
              + iso.getDefaultFractionDigits()
              + " decimals: "
              + abridged(text),
          e);
    }
  }

  /** The amount in major units with the currency's number of decimals, for example {@code 2.00}. */
  public String major() {
    int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
    return BigDecimal.valueOf(amountMinor, decimals).toPlainString();
  }

  private static Currency requireCurrency(String code) {
    try {
      Currency iso = Currency.getInstance(code);
      if (iso.getDefaultFractionDigits() < 0) {
        throw new IllegalArgumentException("currency has no minor unit: " + code);
      }
      return iso;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "currency is not an ISO 4217 code with a minor unit: " + abridged(code), e);
    }
  }

  // BigDecimal also reads "1e9" and "+1"; no provider writes them, so they are not amounts here.
  private static boolean isPlainDecimal(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    if (text.length() == start || text.length() > 24) {
      return false;
    }
    boolean pointSeen = false;
    boolean lastWasDigit = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !pointSeen && lastWasDigit) {
        pointSeen = true;
        lastWasDigit = false;
      } else if (c >= '0' && c <= '9') {
        lastWasDigit = true;
      } else {
        return false;
      }
    }
    return lastWasDigit;
  }

  private static String abridged(String text) {
    String shown = text.length() <= 32 ? text : text.substring(0, 32) + "…";
    return String.format(Locale.ROOT, "\"%s\"", shown.replaceAll("\\p{Cntrl}", "?"));
  }
}
