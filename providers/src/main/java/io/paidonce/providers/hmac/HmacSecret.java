package io.paidonce.providers.hmac;

import io.paidonce.providers.Secret;
import org.jspecify.annotations.Nullable;

/**
 * One shared secret.
 *
 * @param version what evidence calls it, and a request that names its key
 * @param secret the text as the source shows it
 * @param until an instant such as {@code 2026-02-01T00:00:00Z}: what came later is not verified
 *     with it. For the old secret during a rotation
 */
public record HmacSecret(String version, Secret secret, @Nullable String until) {}
