package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/**
 * An order's money in one currency, minor units. Always {@code received = applied + owedBack +
 * suspense}: a record that does not add up can't be made.
 */
public record Balance(
    String currency,
    long receivedMinor,
    long appliedMinor,
    long owedBackMinor,
    long suspenseMinor) {

  public Balance {
    requireNonNull(currency, "currency");
    long sum = Math.addExact(Math.addExact(appliedMinor, owedBackMinor), suspenseMinor);
    if (receivedMinor != sum) {
      throw new IllegalArgumentException(
          "money does not add up in "
              + currency
              + ": received "
              + receivedMinor
              + " is not applied "
              + appliedMinor
              + " + owed back "
              + owedBackMinor
              + " + suspense "
              + suspenseMinor);
    }
  }
}
