package io.paidonce.providers.alipay;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alipay's keys of one account. Public keys have no name that a message could choose them by and
 * are tried in their order; certificates have one.
 */
final class AlipayKeys {

  private final List<Key> keys;

  AlipayKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * One key and what evidence calls it.
   *
   * @param id of a certificate its SN; else {@code sha256:} and the first 16 hex digits of the
   *     digest of its SubjectPublicKeyInfo
   * @param signType what it signs by
   * @param from when its certificate became valid; absent of a public key
   * @param until when it expires; absent of a public key
   */
  record Key(
      String id,
      PublicKey key,
      SignType signType,
      @Nullable Instant from,
      @Nullable Instant until) {

    static Key of(PublicKey key, SignType signType) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return new Key(
            "sha256:" + HexFormat.of().formatHex(digest, 0, 8), key, signType, null, null);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this JVM has no SHA-256", e);
      }
    }

    boolean verifies(String sign, byte[] signed) {
      return signType.verifies(key, sign, signed);
    }

    boolean isOfCertificate() {
      return from != null;
    }

    boolean isValidAt(Instant time) {
      return (from == null || !time.isBefore(from)) && (until == null || !time.isAfter(until));
    }
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  List<AccountKey> described() {
    return keys.stream().map(key -> new AccountKey(key.id(), key.until())).toList();
  }

  int size() {
    return keys.size();
  }

  boolean hasCertificates() {
    return keys.stream().anyMatch(Key::isOfCertificate);
  }

  boolean hasPublicKeys() {
    return keys.stream().anyMatch(key -> !key.isOfCertificate());
  }

  /**
   * The keys that may have signed a message.
   *
   * @param certSn the certificate that it names; where certificates are configured, nothing but
   *     that one. It is not always signed, so it can choose among what is trusted and nothing else
   * @param at when it came: a certificate is a key within its dates
   */
  List<Key> candidates(@Nullable String certSn, Instant at) {
    boolean named = certSn != null && !certSn.isBlank() && hasCertificates();
    return keys.stream()
        .filter(key -> !named || (key.isOfCertificate() && key.id().equals(certSn)))
        .filter(key -> key.isValidAt(at))
        .toList();
  }

  /** Why there are no {@link #candidates}. */
  Refused unknown(@Nullable String certSn) {
    return new Refused(
        Rejection.UNKNOWN_KEY,
        "alipay_cert_sn is "
            + AccountChecks.shown(certSn == null ? "" : certSn)
            + "; the certificates are "
            + keys.stream()
                .filter(Key::isOfCertificate)
                .map(key -> key.id() + " (" + key.from() + " to " + key.until() + ")")
                .collect(Collectors.joining(", "))
            + " (a new certificate to add, or one that expired?)");
  }

  /** Reads the configured keys; incomplete where a problem was reported. */
  static AlipayKeys read(AlipayConfig config, Problems problems) {
    List<Key> keys = new ArrayList<>();
    Problems atList = problems.in("alipayPublicKeys");
    if (config.alipayPublicKeys().isEmpty() && config.alipayCertificates().isEmpty()) {
      atList.add(
          "is missing; give the Alipay public key or alipayCertificates, or no notice can be"
              + " verified.");
    }
    for (int i = 0; i < config.alipayPublicKeys().size(); i++) {
      Problems atKey = atList.at(i);
      config
          .signature()
          .read(config.alipayPublicKeys().get(i), atKey)
          .map(key -> Key.of(key, config.signature()))
          .ifPresent(key -> add(key, keys, atKey));
    }
    checkMixUp(config, keys, problems);
    readCertificates(config, keys, problems);
    return new AlipayKeys(keys);
  }

  /** The pinned roots; empty where there are none, or a problem was reported. */
  static Optional<AlipayRoots> roots(AlipayConfig config, Problems problems) {
    String pem = config.rootCertificates();
    return pem == null
        ? Optional.empty()
        : AlipayRoots.read(pem, config.signature(), problems.in("rootCertificates"));
  }

  private static void readCertificates(AlipayConfig config, List<Key> keys, Problems problems) {
    if ((config.rootCertificates() == null) != config.alipayCertificates().isEmpty()) {
      problems
          .in(config.rootCertificates() == null ? "rootCertificates" : "alipayCertificates")
          .add(
              "is missing; certificate mode needs both, Alipay's certificate"
                  + " (alipayCertPublicKey_RSA2.crt) and its roots (alipayRootCert.crt).");
      return;
    }
    AlipayRoots roots = roots(config, problems).orElse(null);
    if (roots == null) {
      return;
    }
    for (int i = 0; i < config.alipayCertificates().size(); i++) {
      Problems here = problems.in("alipayCertificates").at(i);
      var chain = roots.certificates(config.alipayCertificates().get(i), here);
      if (!chain.isEmpty()) {
        roots.key(chain, here).ifPresent(key -> add(key, keys, here));
      }
    }
  }

  private static void add(Key key, List<Key> keys, Problems problems) {
    if (keys.contains(key)) {
      problems.add("is the same key as an earlier one (" + key.id() + "); take one out.");
    }
    keys.add(key);
  }

  // The console shows both keys side by side, and the wrong one fails every single notice.
  private static void checkMixUp(AlipayConfig config, List<Key> keys, Problems problems) {
    String text = config.applicationPublicKey();
    if (text == null) {
      return;
    }
    config
        .signature()
        .read(text, problems.in("applicationPublicKey"))
        .map(key -> Key.of(key, config.signature()))
        .filter(keys::contains)
        .ifPresent(
            own ->
                problems
                    .in("alipayPublicKeys")
                    .at(keys.indexOf(own))
                    .add(
                        "is the application's own public key; copy the Alipay public key, which"
                            + " the console shows after the application's was uploaded."));
  }
}
