/** Child processes that live as long as their parent and talk with it by lines. */
@NullMarked
package io.paidonce.benchmarks.process;

import org.jspecify.annotations.NullMarked;
