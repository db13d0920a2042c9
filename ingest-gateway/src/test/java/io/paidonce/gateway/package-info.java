/**
 * Tests of the gateway. Those named {@code *Test} speak HTTP to the real server over a publisher
 * made by hand; those named {@code *IT} put a real Kafka broker and the real protocols behind it.
 */
@NullMarked
package io.paidonce.gateway;

import org.jspecify.annotations.NullMarked;
