/** What a gateway takes where nothing follows it. */
@NullMarked
package io.paidonce.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
