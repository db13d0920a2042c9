/** What is asked of providers, and what an answer is. */
@NullMarked
package io.paidonce.reconciler;

import org.jspecify.annotations.NullMarked;
