package io.paidonce.projector;

import java.time.Duration;

/**
 * What a rebuild did.
 *
 * @param records that the new read store was made of, as far as this run read them
 * @param orders it holds
 * @param took from the start of this run until the switch
 * @param kept the schema that holds what was there before
 */
public record Rebuilt(long records, long orders, Duration took, String kept) {}
