package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * That a dead letter was driven again: who did it, when and why. Written in one transaction with
 * the record that was published anew, so that neither is there without the other.
 *
 * @param schema version of this record's layout
 * @param deadLetter the dead letter, by its place in dead-letters
 * @param source where the original stands that could not be processed; it was published anew to the
 *     same topic and partition
 * @param actor who drove it again; at most 64 characters
 * @param why in their words; at most 200 characters
 * @param times how often the original has been driven again, this time included
 * @param at our clock
 */
public record DeadLetterRedrive(
    @JsonProperty(required = true) int schema,
    RecordCoordinates deadLetter,
    RecordCoordinates source,
    String actor,
    String why,
    @JsonProperty(required = true) int times,
    Instant at) {

  public static final int SCHEMA = 1;

  /** Header of a record that is published anew: the place of its dead letter in dead-letters. */
  public static final String HEADER_OF = "paidonce_redrive_of";

  /** Header of a record that is published anew: who did it. */
  public static final String HEADER_BY = "paidonce_redrive_by";

  /** Header of a record that is published anew: why. */
  public static final String HEADER_WHY = "paidonce_redrive_why";

  /** Header of a record that is published anew: how often by now. */
  public static final String HEADER_TIMES = "paidonce_redrive_times";

  public DeadLetterRedrive {
    Schema.require(schema, SCHEMA, "DeadLetterRedrive");
    requireNonNull(deadLetter, "deadLetter");
    requireNonNull(source, "source");
    Text.required(actor, "actor", 64);
    Text.required(why, "why", 200);
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1: " + times);
    }
    requireNonNull(at, "at");
  }
}
