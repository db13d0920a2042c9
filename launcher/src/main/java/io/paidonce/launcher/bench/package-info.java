/** Measurements of what only the launcher sees whole. */
@NullMarked
package io.paidonce.launcher.bench;

import org.jspecify.annotations.NullMarked;
