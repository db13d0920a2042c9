/**
 * Tests of the projector. {@code *IT} run against a real broker and a real PostgreSQL; {@link
 * io.paidonce.projector.CommittedLog} is their oracle and shares no code with the writer.
 */
@NullMarked
package io.paidonce.projector;

import org.jspecify.annotations.NullMarked;
