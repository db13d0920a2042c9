/**
 * WeChat Pay, API v3 (RSA): verifies callbacks by platform certificate or WeChat Pay public key,
 * decrypts them with the APIv3 key, and says what they state; the signer is the inverse, for
 * simulation. The client asks, and believes its answers by the same rule; so are the platform's
 * certificates downloaded. Follows the provider's pages on signature verification and payment
 * notification. Knows no other provider.
 */
@NullMarked
package io.paidonce.providers.wechatv3;

import org.jspecify.annotations.NullMarked;
