package io.paidonce.launcher.doctor;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.ServedKeys;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.Problems;
import io.paidonce.providers.RsaPrivateKeys;
import io.paidonce.providers.RsaPublicKeys;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayCredentials;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys compared with each other: what each alone can't show. A configuration that binds has keys of
 * the right shape; whether they are the right ones shows only beside the others.
 */
public final class KeysLook {

  private static final String KEYS = "keys";
  private static final String DATES = "certificates";
  private static final Duration SOON = Duration.ofDays(30);
  private static final int MOST_NAMED = 20;

  private final List<AccountConfig> accounts;
  private final List<ApiCredentials> credentials;
  private final List<Finding> findings = new ArrayList<>();

  private KeysLook(List<AccountConfig> accounts, List<ApiCredentials> credentials) {
    this.accounts = accounts;
    this.credentials = credentials;
  }

  /** Of accounts that were bound and opened without a problem. */
  public static List<Finding> compare(
      List<AccountConfig> accounts, List<ApiCredentials> credentials) {
    KeysLook look = new KeysLook(accounts, credentials);
    look.ourOwnInTheirPlace();
    look.shared();
    if (look.findings.isEmpty()) {
      look.findings.add(
          Finding.ok(
              KEYS,
              accounts.size()
                  + " accounts and "
                  + credentials.size()
                  + " credentials: none mixed up, none shared"));
    }
    return List.copyOf(look.findings);
  }

  /** The last moments of all keys. */
  public static List<Finding> dates(GatewayConfig gateway, Instant now) {
    List<Finding> findings = new ArrayList<>();
    List<ServedKeys.Key> keys = ServedKeys.of(gateway);
    List<ServedKeys.Key> ending =
        keys.stream()
            .filter(key -> key.until() != null)
            .sorted(Comparator.comparing(KeysLook::end))
            .toList();
    for (ServedKeys.Key key : ending) {
      String name = key.protocol() + "/" + key.account() + " " + key.id();
      if (end(key).isBefore(now)) {
        findings.add(
            Finding.mend(
                DATES,
                name + " ended at " + key.until() + ": take it out, or put in its successor"));
      } else if (end(key).isBefore(now.plus(SOON))) {
        findings.add(
            Finding.warning(
                DATES,
                name
                    + " ends in "
                    + ChronoUnit.DAYS.between(now, end(key))
                    + " days, at "
                    + key.until()
                    + ": put in its successor beside it now"));
      }
      if (findings.size() == MOST_NAMED) {
        break;
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              DATES,
              keys.size()
                  + " keys, "
                  + (ending.isEmpty()
                      ? "none of which has an end"
                      : "the first of which ends at " + ending.get(0).until())));
    }
    return findings;
  }

  private static Instant end(ServedKeys.Key key) {
    return key.until() == null ? Instant.MAX : key.until();
  }

  // Every callback would be refused, and every answer: the halves of a pair never verify each other
  // as the provider's.
  private void ourOwnInTheirPlace() {
    for (ApiCredentials ours : credentials) {
      Optional<BigInteger> own = modulus(ours);
      for (AccountConfig account : accounts) {
        List<PublicKey> theirs = publicKeys(account);
        for (PublicKey key : theirs) {
          if (own.isPresent()
              && key instanceof RSAPublicKey rsa
              && rsa.getModulus().equals(own.get())) {
            findings.add(
                Finding.mend(
                    KEYS,
                    name(account)
                        + " has our own public key, that of the credentials of "
                        + ours.account()
                        + ", where the provider's belongs: copy the provider's from its console"));
          }
        }
      }
    }
  }

  private void shared() {
    Map<String, List<String>> holders = new TreeMap<>();
    Map<String, String> whats = new HashMap<>();
    for (AccountConfig account : accounts) {
      for (PublicKey key : publicKeys(account)) {
        String id = "public " + Base64.getEncoder().encodeToString(key.getEncoded());
        holders.computeIfAbsent(id, k -> new ArrayList<>()).add(name(account));
        whats.put(id, "one public key; at most one of them is right unless their provider says so");
      }
      for (Secret secret : secrets(account)) {
        String id = "secret " + account.protocol() + secret.reveal();
        holders.computeIfAbsent(id, k -> new ArrayList<>()).add(name(account));
        whats.put(
            id,
            account instanceof HmacConfig
                ? "one secret: who signs for one signs for all; give each its own"
                : "one API key, which only sub-merchants of one partner have; else give each its"
                    + " own");
      }
    }
    holders.forEach(
        (id, names) -> {
          List<String> distinct = names.stream().distinct().toList();
          if (distinct.size() > 1 && findings.size() < MOST_NAMED) {
            findings.add(
                Finding.warning(
                    KEYS,
                    String.join(", ", distinct.subList(0, Math.min(5, distinct.size())))
                        + (distinct.size() > 5 ? " and " + (distinct.size() - 5) + " more" : "")
                        + " have "
                        + whats.get(id)));
          }
        });
  }

  private static String name(AccountConfig account) {
    return account.protocol() + "/" + account.id();
  }

  private static Optional<BigInteger> modulus(ApiCredentials ours) {
    Optional<Secret> key =
        ours instanceof WechatV3Credentials wechat
            ? Optional.of(wechat.privateKey())
            : ours instanceof AlipayCredentials alipay
                ? Optional.of(alipay.privateKey())
                : Optional.empty();
    return key.flatMap(secret -> RsaPrivateKeys.read(secret, Problems.none()))
        .filter(RSAPrivateKey.class::isInstance)
        .map(found -> ((RSAPrivateKey) found).getModulus());
  }

  /** Those that can be compared; certificates of a platform belong to many merchants. */
  private static List<PublicKey> publicKeys(AccountConfig account) {
    List<String> texts = new ArrayList<>();
    if (account instanceof WechatV3Config wechat) {
      wechat.platformKeys().stream()
          .map(PlatformKey::pem)
          .filter(pem -> !pem.contains("CERTIFICATE"))
          .forEach(texts::add);
    } else if (account instanceof AlipayConfig alipay) {
      texts.addAll(alipay.alipayPublicKeys());
    }
    List<PublicKey> keys = new ArrayList<>();
    texts.forEach(text -> RsaPublicKeys.read(text, Problems.none()).ifPresent(keys::add));
    return keys;
  }

  private static List<Secret> secrets(AccountConfig account) {
    if (account instanceof WechatV3Config wechat) {
      return wechat.apiV3Keys();
    }
    if (account instanceof WechatV2Config wechat) {
      return wechat.apiKeys();
    }
    return account instanceof HmacConfig source
        ? source.secrets().stream().map(secret -> secret.secret()).toList()
        : List.of();
  }
}
