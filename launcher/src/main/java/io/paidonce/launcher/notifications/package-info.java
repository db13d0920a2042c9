/** Single notifications: what they are, whether they are what a provider signed, and once more. */
@NullMarked
package io.paidonce.launcher.notifications;

import org.jspecify.annotations.NullMarked;
