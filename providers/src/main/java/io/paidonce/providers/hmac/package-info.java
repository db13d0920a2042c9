/**
 * Any source that signs its callbacks with a shared secret, described by configuration and not by
 * code: where the signature stands, what it covers, which fields say what. Stripe and Standard
 * Webhooks are presets of it. Follows docs.stripe.com/webhooks and the Standard Webhooks 1.0.0
 * specification where they say something, and is strict where they leave a choice. Knows no other
 * provider.
 */
@NullMarked
package io.paidonce.providers.hmac;

import org.jspecify.annotations.NullMarked;
