package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One account at one provider, as far as it takes to ask there.
 *
 * @param provider the network ({@code wechat}, {@code alipay}), never a protocol version
 * @param account the provider's own id of the contract (mchid, app_id)
 */
public record ProviderAccount(String provider, String account)
    implements Comparable<ProviderAccount> {

  public ProviderAccount {
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    if (provider.indexOf(':') >= 0) {
      throw new IllegalArgumentException("provider must not contain a colon: " + provider);
    }
  }

  /**
   * Reads {@code provider:account}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static ProviderAccount parse(@Nullable String text) {
    int colon = requireNonNull(text, "provider:account").indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "must be provider:account, as in wechat:1900000001: " + text);
    }
    return new ProviderAccount(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public int compareTo(ProviderAccount other) {
    int byProvider = provider.compareTo(other.provider);
    return byProvider == 0 ? account.compareTo(other.account) : byProvider;
  }

  @Override
  public String toString() {
    return provider + ":" + account;
  }
}
