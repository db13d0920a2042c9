package io.paidonce.launcher.keys;

import io.paidonce.contract.PaymentNotification;

/**
 * One key of one account.
 *
 * @param protocol such as {@code wechat-v3}
 * @param account the provider's id of the account
 * @param id what evidence calls the key
 */
public record KeyName(String protocol, String account, String id) {

  boolean verified(PaymentNotification notification) {
    return notification.protocol().equals(protocol)
        && notification.account().equals(account)
        && notification.evidence().keyId().equals(id);
  }
}
