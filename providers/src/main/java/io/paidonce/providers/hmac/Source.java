package io.paidonce.providers.hmac;

/** What a configuration describes: how it signs, and what it says. */
record Source(Scheme scheme, Content content) {}
