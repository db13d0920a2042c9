/** Proof that the local servers start, survive being killed, and refuse in clear words. */
@NullMarked
package io.paidonce.localstack;

import org.jspecify.annotations.NullMarked;
