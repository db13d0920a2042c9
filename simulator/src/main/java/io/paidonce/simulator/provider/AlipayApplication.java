package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.simulator.SimulatedAccount;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An application as Alipay knows it.
 *
 * @param publicKey the application's own, which its requests are verified with
 * @param signer signs with Alipay's key
 * @param certificates present where the application goes by certificates, around the same keys
 */
public record AlipayApplication(
    String appId,
    PublicKey publicKey,
    AlipaySigner signer,
    TradeBook book,
    @Nullable AlipayCertificates certificates) {

  public AlipayApplication {
    requireNonNull(appId, "appId");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(signer, "signer");
    requireNonNull(book, "book");
  }

  /** An application that goes by keys. */
  public AlipayApplication(String appId, PublicKey publicKey, AlipaySigner signer, TradeBook book) {
    this(appId, publicKey, signer, book, null);
  }

  /** The same, going by certificates. */
  public AlipayApplication with(AlipayCertificates itsCertificates) {
    return new AlipayApplication(appId, publicKey, signer, book, itsCertificates);
  }

  /**
   * The account that notices are simulated for, which can now be asked about too.
   *
   * @throws IllegalArgumentException if the account is of another protocol
   */
  public static AlipayApplication of(
      SimulatedAccount account, PublicKey publicKey, TradeBook book) {
    if (!(account.signer() instanceof AlipaySigner signer)) {
      throw new IllegalArgumentException(account.id() + " is no account of Alipay");
    }
    return new AlipayApplication(account.id(), publicKey, signer, book);
  }
}
