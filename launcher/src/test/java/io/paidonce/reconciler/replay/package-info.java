/** The real topology's traffic, folded again. */
@org.jspecify.annotations.NullMarked
package io.paidonce.reconciler.replay;
