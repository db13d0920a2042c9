/** An order's rows by hand, and what is told of them. */
@NullMarked
package io.paidonce.projector.story;

import org.jspecify.annotations.NullMarked;
