package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountKey;
import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderKeys;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * WeChat Pay's keys of one account by their normalised id. An id that is not among them has no key:
 * there is no default.
 */
final class KeyRing {

  static final String PUBLIC_KEY_PREFIX = "PUB_KEY_ID_";

  private static final Pattern PUBLIC_KEY_ID = Pattern.compile("PUB_KEY_ID_[0-9A-Za-z]{1,64}");
  private static final Pattern SERIAL = Pattern.compile("0*([0-9A-F]{1,64})");

  private final Map<String, PublicKey> pinned;
  private final Map<String, Instant> lastDays;
  private final Map<String, PlatformCertificate> downloaded;

  /** Keys that an operator put into the configuration: neither chain nor dates are judged. */
  KeyRing(Map<String, PublicKey> pinned) {
    this(pinned, Map.of(), Map.of());
  }

  // The last days of pinned certificates are for people: they judge nothing.
  private KeyRing(
      Map<String, PublicKey> pinned,
      Map<String, Instant> lastDays,
      Map<String, PlatformCertificate> downloaded) {
    this.pinned = Collections.unmodifiableMap(new LinkedHashMap<>(pinned));
    this.lastDays = Map.copyOf(lastDays);
    this.downloaded = Collections.unmodifiableMap(new LinkedHashMap<>(downloaded));
  }

  /** The same with these certificates in place of any that were downloaded before. */
  KeyRing with(List<PlatformCertificate> certificates) {
    Map<String, PlatformCertificate> bySerial = new LinkedHashMap<>();
    certificates.forEach(certificate -> bySerial.put(certificate.serial(), certificate));
    return new KeyRing(pinned, lastDays, bySerial);
  }

  /** Reads the configured keys; incomplete where a problem was reported. */
  static KeyRing read(WechatV3Config config, Problems problems) {
    List<PlatformKey> configured = config.platformKeys();
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    Map<String, Instant> lastDays = new LinkedHashMap<>();
    for (int i = 0; i < configured.size(); i++) {
      add(configured.get(i), config.id(), keys, lastDays, problems.at(i));
    }
    return new KeyRing(keys, lastDays, Map.of());
  }

  /**
   * The key of an id, to judge something of that time; of a downloaded certificate only within its
   * dates.
   */
  Optional<PublicKey> byId(String normalisedId, Instant at) {
    PublicKey key = pinned.get(normalisedId);
    return key != null
        ? Optional.of(key)
        : Optional.ofNullable(downloaded.get(normalisedId))
            .filter(certificate -> certificate.isValidAt(at))
            .map(certificate -> certificate.certificate().getPublicKey());
  }

  /**
   * The key that answers are asked to be signed with: a public key where there is one, since a
   * merchant who still has certificates is on the way to it. Empty where certificates are
   * downloaded: which of them signs just now is the platform's choice.
   *
   * @param suite of the question, and so of its answer
   */
  Optional<String> preferredId(Suite suite) {
    return pinned.entrySet().stream()
        .filter(key -> Suite.of(key.getValue()) == suite)
        .map(Map.Entry::getKey)
        .min(Comparator.comparing((String id) -> !id.startsWith(PUBLIC_KEY_PREFIX)))
        .filter(id -> downloaded.isEmpty() || id.startsWith(PUBLIC_KEY_PREFIX));
  }

  List<AccountKey> described() {
    return ids().stream()
        .map(
            id -> {
              PlatformCertificate certificate = downloaded.get(id);
              return new AccountKey(
                  id,
                  certificate == null || pinned.containsKey(id)
                      ? lastDays.get(id)
                      : certificate.validUntil());
            })
        .toList();
  }

  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(pinned.keySet());
    ids.addAll(downloaded.keySet());
    return ids;
  }

  /**
   * A public key id as it is, a certificate serial in upper case without leading zeros; empty where
   * the text is neither. The prefix decides before anything is read as a number.
   */
  static Optional<String> normalised(String id) {
    if (id.startsWith(PUBLIC_KEY_PREFIX)) {
      return PUBLIC_KEY_ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
    }
    Matcher serial = SERIAL.matcher(id.toUpperCase(Locale.ROOT));
    return serial.matches() ? Optional.of(serial.group(1)) : Optional.empty();
  }

  private static void add(
      PlatformKey configured,
      String mchid,
      Map<String, PublicKey> keys,
      Map<String, Instant> lastDays,
      Problems problems) {
    Problems atPem = problems.in("pem");
    PemText pem = PemText.single(configured.pem()).orElse(null);
    if (pem != null && pem.label().equals("CERTIFICATE")) {
      ProviderKeys.readCertificate(pem, atPem)
          .ifPresent(
              certificate -> {
                addCertificate(configured, certificate, mchid, keys, problems);
                lastDays.put(serial(certificate), certificate.getNotAfter().toInstant());
              });
      return;
    }
    PublicKey key = ProviderKeys.read(configured.pem(), atPem).orElse(null);
    String id = configured.id();
    if (id == null || !PUBLIC_KEY_ID.matcher(id).matches()) {
      problems
          .in("id")
          .add("must be the public key's id, which starts with " + PUBLIC_KEY_PREFIX + ".");
    } else if (key != null) {
      put(id, key, keys, problems);
    }
  }

  private static void addCertificate(
      PlatformKey configured,
      X509Certificate certificate,
      String mchid,
      Map<String, PublicKey> keys,
      Problems problems) {
    String serial = serial(certificate);
    if (isIssuedTo(certificate, mchid)) {
      problems
          .in("pem")
          .add("is the merchant's own certificate; the platform's certificate belongs here.");
      return;
    }
    String id = configured.id();
    if (id != null && !normalised(id).equals(Optional.of(serial))) {
      problems
          .in("id")
          .add("must be left out or be the certificate's serial, which is " + serial + ".");
      return;
    }
    put(serial, certificate.getPublicKey(), keys, problems);
  }

  private static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  private static void put(
      String id, PublicKey key, Map<String, PublicKey> keys, Problems problems) {
    if (keys.putIfAbsent(id, key) != null) {
      problems.add("has the id " + id + ", which an earlier key already has; take one out.");
    }
  }

  // The merchant's certificate carries the mchid as its common name, the platform's does not.
  static boolean isIssuedTo(X509Certificate certificate, String mchid) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .anyMatch(
                  rdn -> rdn.getType().equalsIgnoreCase("CN") && mchid.equals(rdn.getValue()));
    } catch (InvalidNameException e) {
      return false;
    }
  }
}
