package io.paidonce.providers.wechatv3;

import io.paidonce.contract.Witness;
import io.paidonce.providers.CallbackRequest;
import java.time.Instant;

/**
 * Whose account hears something, how and when. What is said is read alike, whether the provider
 * called us or answered.
 */
record Hearing(WechatV3Config config, Witness witness, Instant receivedAt) {

  static Hearing of(CallbackRequest request, WechatV3Config config, Witness witness) {
    return new Hearing(config, witness, request.receivedAt());
  }
}
