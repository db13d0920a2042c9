package io.paidonce.providers;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One way in which one provider is asked.
 *
 * @param <C> the shape of an account's configuration, that of its callbacks
 * @param <K> the shape of its credentials
 */
public interface ApiProtocol<C extends AccountConfig, K extends ApiCredentials> {

  /** The same as of its {@link CallbackProtocol}. */
  String id();

  /** What the configuration of one account is bound to. */
  Class<C> configType();

  /** What the credentials of one account are bound to. */
  Class<K> credentialsType();

  /**
   * Makes a client, checking all key material.
   *
   * @param problems of the credentials; those of the account are reported by its own protocol
   * @param random where nonces come from; used by several threads
   * @return empty exactly when at least one problem was reported
   */
  Optional<ProviderClient> open(
      C account, K credentials, ApiTransport transport, RandomGenerator random, Problems problems);
}
