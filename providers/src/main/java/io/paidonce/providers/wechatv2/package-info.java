/**
 * WeChat Pay, API v2 (XML, one shared key): receives notices of payments and refunds, asks for
 * orders and refunds and closes orders. A payment's notice or an answer counts when its signature
 * holds over every field that came; a refund's notice has none and is a reason to ask. The signers
 * are the inverse, for simulation. Follows the provider's pages on signatures, notices, order
 * query, close and refund query. Knows no other package of a provider.
 */
@NullMarked
package io.paidonce.providers.wechatv2;

import org.jspecify.annotations.NullMarked;
