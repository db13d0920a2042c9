/**
 * Kafka in, providers asked, Kafka out. {@link io.paidonce.reconciler.ReconcilerMain} is the way in
 * and shows the wiring. {@link io.paidonce.reconciler.Desk} decides what is asked when and what is
 * an answer; it knows no thread, no clock and no Kafka. Knows {@code contract} and {@code
 * providers}, and no single provider.
 */
@NullMarked
package io.paidonce.reconciler;

import org.jspecify.annotations.NullMarked;
