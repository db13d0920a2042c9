package io.paidonce.simulator.day;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.CallbackSigner;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.TradeBook;
import org.jspecify.annotations.Nullable;

/**
 * An account and its provider's book of it. Only the day may listen to the book.
 *
 * @param account signs as it does before a change of keys
 * @param changedSigner signs as it does afterwards: WeChat Pay's public key in place of the
 *     certificate; absent where no key changes
 */
public record DayAccount(
    SimulatedAccount account, TradeBook book, @Nullable CallbackSigner changedSigner) {

  public DayAccount {
    requireNonNull(account, "account");
    requireNonNull(book, "book");
  }

  public String id() {
    return account.id();
  }
}
