/**
 * Plays the providers and an order service against any gateway and any Kafka: a seeded plan of
 * orders and signed callbacks, with retries, duplicates, disorder, forgeries and probes, and a
 * journal of what was acknowledged. For trying out and for tests; never part of a running service.
 */
@NullMarked
package io.paidonce.simulator;

import org.jspecify.annotations.NullMarked;
