package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * An order's money in one currency, minor units. Always {@code received = applied + owedBack +
 * suspense + refunded}: every unit stands in one place, and a record that does not add up can't be
 * made.
 *
 * @param appliedMinor pays the order and is kept
 * @param owedBackMinor is the customer's and has not gone back yet
 * @param suspenseMinor fits no order yet, or not this one
 * @param refundedMinor went back to the customer
 */
public record Balance(
    String currency,
    long receivedMinor,
    long appliedMinor,
    long owedBackMinor,
    long suspenseMinor,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long refundedMinor) {

  public Balance {
    requireNonNull(currency, "currency");
    long sum =
        Math.addExact(
            Math.addExact(Math.addExact(appliedMinor, owedBackMinor), suspenseMinor),
            refundedMinor);
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
              + suspenseMinor
              + " + refunded "
              + refundedMinor);
    }
  }
}
