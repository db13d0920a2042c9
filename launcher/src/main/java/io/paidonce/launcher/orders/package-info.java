/**
 * What an order service without a Kafka client can do from the command line: place orders in bulk
 * from CSV, cancel one. Writes {@code order-commands} and nothing else.
 */
@NullMarked
package io.paidonce.launcher.orders;

import org.jspecify.annotations.NullMarked;
