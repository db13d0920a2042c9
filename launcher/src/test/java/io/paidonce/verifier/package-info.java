/** The checker beside the ledger: no module of ours may know both, so that it is tested here. */
@NullMarked
package io.paidonce.verifier;

import org.jspecify.annotations.NullMarked;
