/** The read store alone: a projector beside its broker and its PostgreSQL, fed from full topics. */
@NullMarked
package io.paidonce.benchmarks.readstore;

import org.jspecify.annotations.NullMarked;
