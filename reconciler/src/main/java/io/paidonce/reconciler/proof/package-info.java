/**
 * One order proved to a stranger: a bundle of what was received, what was made of it and where it
 * stands, which is checked without Kafka, configuration or network. {@link
 * io.paidonce.reconciler.proof.ProofMaker} makes one, {@link
 * io.paidonce.reconciler.proof.ProofCheck} checks one. Its format is docs/prove.md; a change of it
 * is another version.
 */
@NullMarked
package io.paidonce.reconciler.proof;

import org.jspecify.annotations.NullMarked;
