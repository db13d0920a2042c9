/**
 * The independent checker: reads topics and tables afresh and recomputes, from the distinct
 * verified notifications and the commands alone, what must be true. It shares no code with what it
 * checks; only the contract and the providers' verification may come in.
 */
@NullMarked
package io.paidonce.verifier;

import org.jspecify.annotations.NullMarked;
