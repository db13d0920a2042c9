package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Callbacks by what became of them.
 *
 * @param stored authentic, in Kafka, answered with success
 * @param unreadable authentic and not understood: kept as dead letters, answered with success
 * @param refused declined, for a reason that rejections name
 * @param broken declined by a fault of our own
 * @param notStored of the declined, those that Kafka did not take in time
 */
public record GatewayCounts(
    @JsonProperty(required = true) long stored,
    @JsonProperty(required = true) long unreadable,
    @JsonProperty(required = true) long refused,
    @JsonProperty(required = true) long broken,
    @JsonProperty(required = true) long notStored) {

  public static final GatewayCounts NONE = new GatewayCounts(0, 0, 0, 0, 0);

  /** What came on top of an earlier count of the same gateway. */
  public GatewayCounts since(GatewayCounts earlier) {
    return new GatewayCounts(
        stored - earlier.stored,
        unreadable - earlier.unreadable,
        refused - earlier.refused,
        broken - earlier.broken,
        notStored - earlier.notStored);
  }
}
