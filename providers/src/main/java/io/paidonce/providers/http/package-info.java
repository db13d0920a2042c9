/**
 * The one place where providers are reached over HTTP: the JDK's client behind {@link
 * io.paidonce.providers.ApiTransport}. Whoever wires a service takes it; no provider's package
 * knows it.
 */
@NullMarked
package io.paidonce.providers.http;

import org.jspecify.annotations.NullMarked;
