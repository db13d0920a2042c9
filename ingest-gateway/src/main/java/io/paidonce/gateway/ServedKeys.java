package io.paidonce.gateway;

import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a gateway of some configuration would verify callbacks with. */
public final class ServedKeys {

  /**
   * One of them.
   *
   * @param protocol such as {@code wechat-v3}
   * @param account the provider's id of the account
   * @param id what evidence calls the key
   * @param until its last moment: its certificate's, or that of gateway.retiringKeys; absent where
   *     it has no end
   */
  public record Key(String protocol, String account, String id, @Nullable Instant until) {}

  private ServedKeys() {}

  /**
   * By account, then in their order.
   *
   * @throws MisconfiguredException naming every problem of the accounts
   */
  public static List<Key> of(GatewayConfig config) {
    Problems problems = Problems.none();
    Accounts accounts =
        Accounts.open(config.accounts(), config.retiringKeys(), Protocols.all(), problems);
    if (!problems.isEmpty()) {
      throw new MisconfiguredException(problems.lines());
    }
    return accounts.keys().stream()
        .map(key -> new Key(key.protocol(), key.account(), key.id(), key.until()))
        .sorted(Comparator.comparing(Key::protocol).thenComparing(Key::account))
        .toList();
  }
}
