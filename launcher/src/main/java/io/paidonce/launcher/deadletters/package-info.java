/**
 * Dead letters for a person on call: found, shown, and driven again once the reason is mended.
 * Nothing here knows why a record failed; the topology's words are shown as they are.
 */
@NullMarked
package io.paidonce.launcher.deadletters;

import org.jspecify.annotations.NullMarked;
