package io.paidonce.verifier;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.RecordCoordinates;

/**
 * How many records say one thing, and how many of them a receipt counts.
 *
 * @see Undisposed
 */
final class Tally {

  private final String about;
  private final String id;
  private final int firstPartition;
  private final long firstOffset;
  private int records;
  private long disposed;

  /**
   * Of nothing yet.
   *
   * @param about what the records are about, for people: one text for all of a kind
   * @param id what the identity of its receipt must contain
   */
  Tally(String about, String id, RecordCoordinates first) {
    this.about = about;
    this.id = id;
    this.firstPartition = first.partition();
    this.firstOffset = first.offset();
  }

  long firstOffset() {
    return firstOffset;
  }

  void countRecord() {
    records++;
  }

  /** Whether a receipt that names the first record can be of this at all. */
  boolean isOf(NotificationReceipt receipt) {
    // By coordinates first: how an identity is written is the ledger's business.
    return receipt.identity().contains(id);
  }

  /** A receipt counts so many deliveries; the newest one holds. */
  void countedByReceipt(long deliveries) {
    disposed = deliveries;
  }

  /** Records that no receipt counts; negative where one counts records that are not there. */
  long undisposed() {
    return records - disposed;
  }

  @Override
  public String toString() {
    return about
        + " "
        + id
        + " (first at partition "
        + firstPartition
        + ", offset "
        + firstOffset
        + ")";
  }
}
