/**
 * Kafka in, PostgreSQL out, and the query API over it. {@link io.paidonce.projector.ProjectorMain}
 * is the way in and shows the wiring; one {@code *Rows} class a topic says what its records become.
 * Rows and offsets change in one PostgreSQL transaction, and nothing else remembers a position.
 * Knows {@code contract} and no other module of ours.
 */
@NullMarked
package io.paidonce.projector;

import org.jspecify.annotations.NullMarked;
