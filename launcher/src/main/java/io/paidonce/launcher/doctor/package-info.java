/** What is wrong, and how to mend it: of a captured callback, or of an installation. */
@NullMarked
package io.paidonce.launcher.doctor;

import org.jspecify.annotations.NullMarked;
