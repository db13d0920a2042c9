/** What a run found, as one HTML page with its plots inside: nothing is loaded from anywhere. */
@NullMarked
package io.paidonce.benchmarks.report;

import org.jspecify.annotations.NullMarked;
