/** Which keys providers sign with, and whether one may be taken out. */
@NullMarked
package io.paidonce.launcher.keys;

import org.jspecify.annotations.NullMarked;
