package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/**
 * One payment at one provider, in the provider's own ids.
 *
 * @param provider the network ({@code wechat}, {@code alipay}), never a protocol version
 * @param account the contract at that provider (mchid, app_id)
 * @param transactionId the provider's id of the payment (transaction_id, trade_no)
 */
public record TransactionKey(String provider, String account, String transactionId) {

  public TransactionKey {
    requireNonNull(provider, "provider");
    requireNonNull(account, "account");
    requireNonNull(transactionId, "transactionId");
  }

  @Override
  public String toString() {
    return provider + ":" + account + ":" + transactionId;
  }
}
