package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.SimulatedAccount;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A merchant as WeChat Pay knows it, or a partner with the merchants that it asks for.
 *
 * @param certificates public keys of its API certificates by their serials, hexadecimal
 * @param seals what answers to it may be signed with, the usual one first
 * @param book of its own trades
 * @param subMerchants the books of those it is the partner of, by their sub_mchid
 */
public record WechatV3Merchant(
    String mchid,
    String appid,
    Map<String, PublicKey> certificates,
    List<PlatformSeal> seals,
    TradeBook book,
    Map<String, TradeBook> subMerchants) {

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,64}");

  public WechatV3Merchant {
    requireNonNull(mchid, "mchid");
    requireNonNull(appid, "appid");
    requireNonNull(book, "book");
    certificates =
        certificates.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    certificate -> serial(certificate.getKey()).orElseThrow().toString(16),
                    Map.Entry::getValue));
    seals = List.copyOf(seals);
    subMerchants = Map.copyOf(subMerchants);
    if (seals.isEmpty()) {
      throw new IllegalArgumentException("WeChat Pay signs what it answers: a seal is missing");
    }
  }

  /** A merchant who is nobody's partner. */
  public WechatV3Merchant(
      String mchid,
      String appid,
      Map<String, PublicKey> certificates,
      List<PlatformSeal> seals,
      TradeBook book) {
    this(mchid, appid, certificates, seals, book, Map.of());
  }

  /** The same as a partner, who asks for one more. */
  public WechatV3Merchant withSubMerchant(String subMchid, TradeBook itsBook) {
    Map<String, TradeBook> more = new HashMap<>(subMerchants);
    more.put(subMchid, itsBook);
    return new WechatV3Merchant(mchid, appid, certificates, seals, book, more);
  }

  /**
   * The account that callbacks are simulated for, which can now be asked about too.
   *
   * @param account with a signer of WeChat Pay v3
   * @param keyId the key that its signer writes, a public key's
   * @throws IllegalArgumentException if the account is of another protocol
   */
  public static WechatV3Merchant of(
      SimulatedAccount account,
      String keyId,
      String appid,
      Map<String, PublicKey> certificates,
      TradeBook book) {
    if (!(account.signer() instanceof WechatV3Signer signer)) {
      throw new IllegalArgumentException(account.id() + " is no account of WeChat Pay v3");
    }
    return new WechatV3Merchant(
        account.id(), appid, certificates, List.of(PlatformSeal.publicKey(keyId, signer)), book);
  }

  /** Serials are numbers: case and leading zeros mean nothing. */
  Optional<PublicKey> certificate(String serialNo) {
    return serial(serialNo).map(serial -> certificates.get(serial.toString(16)));
  }

  /** The key a caller asked for, where it is one of them; the usual one else. */
  PlatformSeal seal(String asked) {
    return seals.stream()
        .filter(seal -> isSame(seal.keyId(), asked))
        .findFirst()
        .orElseGet(
            () ->
                seals.stream()
                    .filter(PlatformSeal::isCertificate)
                    .findFirst()
                    .orElse(seals.get(0)));
  }

  private static boolean isSame(String keyId, String asked) {
    return keyId.equals(asked)
        || (HEX.matcher(keyId).matches() && serial(keyId).equals(serial(asked)));
  }

  private static Optional<BigInteger> serial(String text) {
    return HEX.matcher(text).matches() ? Optional.of(new BigInteger(text, 16)) : Optional.empty();
  }
}
