package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ProviderAccount;

/**
 * An account in whose name we can ask.
 *
 * @param shop the one it belongs to
 * @param hosts how many hosts it can be asked at
 * @param perSecond how many questions a second on average
 * @param burst how many at once after a rest
 */
record AskedAccount(ProviderAccount account, String shop, int hosts, int perSecond, int burst) {

  AskedAccount {
    requireNonNull(account, "account");
    requireNonNull(shop, "shop");
  }
}
