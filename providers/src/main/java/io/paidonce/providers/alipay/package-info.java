/**
 * Alipay with RSA2, SM2 or, where an account asks for it, RSA; in key mode and in certificate mode:
 * verifies asynchronous notices over the bytes of the form and says what they state; the client
 * asks, and reads what its answers' signature covers; the signer is the inverse, for simulation.
 * Follows the provider's pages on asynchronous notification and signature verification (the "V1"
 * rule). Knows no other provider.
 */
@NullMarked
package io.paidonce.providers.alipay;

import org.jspecify.annotations.NullMarked;
