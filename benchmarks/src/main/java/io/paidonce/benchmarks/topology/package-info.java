/** The topology alone, beside its broker: how fast it works through what is there already. */
@NullMarked
package io.paidonce.benchmarks.topology;

import org.jspecify.annotations.NullMarked;
