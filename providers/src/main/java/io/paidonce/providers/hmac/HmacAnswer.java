package io.paidonce.providers.hmac;

import org.jspecify.annotations.Nullable;

/**
 * What a source takes as success.
 *
 * @param status 200 to 299; 200 where left out
 * @param contentType {@code text/plain} where left out
 * @param body ASCII, at most 256 characters; empty where left out
 */
public record HmacAnswer(
    @Nullable Integer status, @Nullable String contentType, @Nullable String body) {}
