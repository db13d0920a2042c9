/**
 * Kafka in, Kafka out: intake and ledger as one exactly-once topology. Processors are shells: they
 * read the store, call the pure function of {@code ledger}, write and forward.
 */
@NullMarked
package io.paidonce.streams;

import org.jspecify.annotations.NullMarked;
