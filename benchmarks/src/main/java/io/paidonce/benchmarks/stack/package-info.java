/** What is measured: broker, PostgreSQL and the services, each with its processes' CPU times. */
@NullMarked
package io.paidonce.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
