/** One callback of any provider, made correctly and sent anywhere, for whoever tests a receiver. */
@NullMarked
package io.paidonce.launcher.simulate;

import org.jspecify.annotations.NullMarked;
