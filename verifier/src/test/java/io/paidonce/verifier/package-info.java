@NullMarked
package io.paidonce.verifier;

import org.jspecify.annotations.NullMarked;
