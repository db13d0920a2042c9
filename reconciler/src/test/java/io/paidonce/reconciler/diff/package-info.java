/** Kept and renamed traffic. */
@org.jspecify.annotations.NullMarked
package io.paidonce.reconciler.diff;
