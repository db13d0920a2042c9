package io.paidonce.providers;

/** What the configuration of every account has, whatever the provider. */
public interface AccountConfig {

  /** The protocol it is spoken to with, such as {@code wechat-v3}. */
  String protocol();

  /** The provider's own id of the contract: mchid, app_id. */
  String id();

  /** The one shop it belongs to. */
  String shop();
}
