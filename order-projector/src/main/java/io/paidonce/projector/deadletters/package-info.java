/**
 * Dead letters: found, and driven again once the reason is mended, by an operator's request or from
 * the command line. Nothing here knows why a record failed.
 */
@NullMarked
package io.paidonce.projector.deadletters;

import org.jspecify.annotations.NullMarked;
