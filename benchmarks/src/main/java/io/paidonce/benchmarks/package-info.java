/**
 * How fast it is, end to end on one machine: starts everything in processes of its own, loads it
 * and reports. Only measures; the services run with what is shipped.
 */
@NullMarked
package io.paidonce.benchmarks;

import org.jspecify.annotations.NullMarked;
