package io.paidonce.providers;

/**
 * What it takes to ask a provider in an account's name, our private key above all. Apart from
 * {@link AccountConfig}, which every service has: who only receives callbacks must not be able to
 * refund.
 */
public interface ApiCredentials {

  /** The protocol it is spoken to with, such as {@code wechat-v3}. */
  String protocol();

  /** The id of the account in whose name. */
  String account();
}
