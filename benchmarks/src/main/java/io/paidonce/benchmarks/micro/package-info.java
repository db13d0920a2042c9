/** What judging one callback costs, beside the one thing in it that can't be cheaper. */
@NullMarked
package io.paidonce.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
