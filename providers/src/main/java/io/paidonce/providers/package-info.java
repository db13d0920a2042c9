/**
 * What every provider's adapter offers and what it is given. Pure: no Kafka, no HTTP but the port
 * {@link io.paidonce.providers.ApiTransport}, no file, no clock. One package below this one for
 * each provider; they never know each other, and the registry {@link
 * io.paidonce.providers.Protocols} is the only place that names them all.
 */
@NullMarked
package io.paidonce.providers;

import org.jspecify.annotations.NullMarked;
