package io.paidonce.simulator;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.CallbackSigner;

/**
 * One account as its provider holds it: with the keys that sign.
 *
 * @param dialect how its provider speaks
 * @param id the provider's own id of the contract: mchid, app_id
 * @param shop whose orders it takes money for
 * @param signer makes what the provider would send
 */
public record SimulatedAccount(Dialect dialect, String id, String shop, CallbackSigner signer) {

  public SimulatedAccount {
    requireNonNull(dialect, "dialect");
    requireNonNull(id, "id");
    requireNonNull(shop, "shop");
    requireNonNull(signer, "signer");
  }

  /** The path its provider was given as notify_url. */
  public String callbackPath() {
    return "/callbacks/" + dialect.protocol() + "/" + id;
  }
}
