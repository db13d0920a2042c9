/** How commands speak HTTP: bounded in time and size, and with a reason where nobody answers. */
@NullMarked
package io.paidonce.launcher.http;

import org.jspecify.annotations.NullMarked;
