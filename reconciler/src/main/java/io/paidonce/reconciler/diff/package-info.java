/**
 * The same traffic folded by two builds, and each order whose history would differ. {@link
 * io.paidonce.reconciler.diff.BuildDiff} compares, {@link io.paidonce.reconciler.diff.FoldServer}
 * is what the other build runs in a process of its own: lines in, lines out, so that builds of
 * different versions understand each other. Reads topics as {@code replay} does and writes none.
 */
@NullMarked
package io.paidonce.reconciler.diff;

import org.jspecify.annotations.NullMarked;
