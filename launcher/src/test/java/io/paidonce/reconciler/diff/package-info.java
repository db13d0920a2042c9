/** Two builds over the same traffic, which the real topology made. */
@org.jspecify.annotations.NullMarked
package io.paidonce.reconciler.diff;
