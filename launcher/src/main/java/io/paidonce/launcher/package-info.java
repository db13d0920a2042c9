/**
 * The command line: one class for each role that {@code ./paidonce} knows. Wires services together
 * and is used by none of them.
 */
@NullMarked
package io.paidonce.launcher;

import org.jspecify.annotations.NullMarked;
