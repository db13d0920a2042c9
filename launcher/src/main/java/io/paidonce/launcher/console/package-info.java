/**
 * How long work shows itself on a terminal, and in a file. Any package of the launcher may come in.
 */
@NullMarked
package io.paidonce.launcher.console;

import org.jspecify.annotations.NullMarked;
