/**
 * WeChat Pay, API v2 (XML, one shared key): asks for orders and refunds and closes orders; an
 * answer counts when its signature holds over every field that came. How XML is read, what is
 * signed and what a payment states are the same in its callbacks, which are not received yet.
 * Follows the provider's pages on signatures, order query, close and refund query. Knows no other
 * package of a provider.
 */
@NullMarked
package io.paidonce.providers.wechatv2;

import org.jspecify.annotations.NullMarked;
