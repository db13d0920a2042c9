/** The load generator, a process of its own: signs, sends, and sees the orders paid. */
@NullMarked
package io.paidonce.benchmarks.load;

import org.jspecify.annotations.NullMarked;
