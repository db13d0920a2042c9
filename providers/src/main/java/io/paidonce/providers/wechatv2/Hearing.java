package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Witness;
import java.time.Instant;

/**
 * Whose account hears something, how and when. What is said is read alike, whether the provider
 * called us or answered.
 */
record Hearing(WechatV2Config config, Witness witness, Instant receivedAt) {}
