/**
 * A platform's key that signs some twenty times quicker than a usual one, so that hundreds of
 * thousands of callbacks can be signed before a run. Verifying costs the same.
 */
@NullMarked
package io.paidonce.benchmarks.keys;

import org.jspecify.annotations.NullMarked;
