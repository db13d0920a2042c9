package io.paidonce.projector;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a partition moves. {@code next} is the consumer's position, not the last record's offset
 * plus one: transaction markers and aborted records take offsets too.
 *
 * @param expected what the database must still say, or another instance has taken over
 */
record Advance(TopicPartition partition, long expected, long next) {}
