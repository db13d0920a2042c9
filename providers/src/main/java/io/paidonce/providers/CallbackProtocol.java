package io.paidonce.providers;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One way in which one provider speaks: how its accounts are configured and how it wants to be
 * answered.
 *
 * @param <C> the shape of an account's configuration
 */
public interface CallbackProtocol<C extends AccountConfig> {

  /** The path segment and the {@code protocol} of the configuration, such as {@code wechat-v3}. */
  String id();

  /** The network behind it, such as {@code wechat}: two protocols of one network share it. */
  String provider();

  /** What the configuration of one account is bound to. */
  Class<C> configType();

  /**
   * Makes an account of its configuration, checking all key material.
   *
   * @return empty exactly when at least one problem was reported
   */
  Optional<Account> open(C config, Problems problems);

  /**
   * What of a configuration a stranger needs to check evidence: a configuration again, without any
   * secret. Empty where whoever verifies could also have signed, so that evidence proves nothing to
   * others.
   */
  default Optional<C> published(C config) {
    return Optional.empty();
  }

  /**
   * An account of a {@link #published} configuration, which has no secret: what the body of one
   * request says once decrypted is handed in.
   *
   * @param content absent where that body is not encrypted, or nobody could decrypt it
   * @return empty exactly when at least one problem was reported
   */
  default Optional<Account> openPublished(
      C published, Optional<RawBytes> content, Problems problems) {
    return open(published, problems);
  }

  /**
   * How long after the first delivery of a notice its provider may still deliver it again; unless
   * documented, as long as the most patient provider of all.
   */
  default Duration retriesFor() {
    return Duration.ofDays(30);
  }

  /**
   * From where the provider says that it sends, as ranges such as {@code 101.226.103.0/25}; empty
   * where it publishes none. Such lists change, so nothing is refused by them unless somebody asks
   * for it.
   */
  default List<String> publishedSources() {
    return List.of();
  }

  /** The provider's exact success answer. */
  CallbackAnswer accepted();

  /** The answer that makes the provider try again; the same words whatever the reason. */
  CallbackAnswer declined(Rejection rejection);
}
