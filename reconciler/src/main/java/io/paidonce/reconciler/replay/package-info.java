/**
 * The past folded again without side effects and compared with what was said then. {@link
 * io.paidonce.reconciler.replay.Replay} is the way in. Reads by assigned partitions only: joins no
 * group, creates no topic, writes nothing. Knows {@code contract} and {@code ledger}, and shares no
 * code with {@code verifier}: that one knows the rules by itself, this one runs the ledger's own.
 */
@NullMarked
package io.paidonce.reconciler.replay;

import org.jspecify.annotations.NullMarked;
