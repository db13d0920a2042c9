package io.paidonce.contract;

/** Why a record could not be processed, and what a person should do about it. */
public enum DeadLetterReason {
  UNREADABLE_NOTIFICATION(
      "An authentic callback whose content does not have the shape its provider documents. It was"
          + " answered with success, so the provider will not repeat it by itself.",
      "Mend the reading of it in the gateway. It never was a record, so there is nothing to drive"
          + " again: have the provider send the notice anew from its console, and check the order"
          + " there meanwhile.",
      false),
  UNRECOGNISED_EVENT_TYPE(
      "Authentic, but of an event type this build does not know.",
      "Ask whether it is about money. The type was decided when it came in, so driving it again"
          + " changes nothing: after an upgrade that knows it, have the provider send it anew.",
      false),
  UNREADABLE_RECORD(
      "Not JSON, or a field is missing or of the wrong type; the detail names it.",
      "If its writer is wrong, have the writer send it anew; this record stays as it is. If our"
          + " reader is wrong, mend it and drive the record again.",
      true),
  UNSUPPORTED_SCHEMA(
      "Written by a newer build than the reader.",
      "Upgrade the reader to the build of the writer, then drive it again.",
      true),
  WRONG_TOPIC(
      "The record names another topic than the one it was read from.",
      "Look for it in the topic it names. If it is not there, a client has lost it: have its source"
          + " send it anew. Driven again it would stand on the wrong topic again.",
      false),
  PAYLOAD_HASH_MISMATCH(
      "The payload does not have the hash its header states: it is not what was written.",
      "Look for damage on the way or for a hand that wrote it, and have its source send it anew."
          + " These bytes must not be processed.",
      false),
  WRONG_KEY(
      "The record's key is not the one its content asks for, so it stands where the memory of its"
          + " like is not.",
      "Have its writer send it anew under the right key. Drive it again only if it was our idea of"
          + " the key that was wrong and is mended.",
      true),
  ORDER_TOO_LARGE(
      "The order holds so many payments that its record no longer fits the topic.",
      "Find out who pays one order hundreds of times. Driven again it becomes a dead letter again,"
          + " unless records may be larger by then.",
      true),
  PROCESSING_FAILED(
      "A defect of ours: the detail names where, the log of streams has the stack trace.",
      "Mend it, deploy it, then drive the record again.",
      true);

  private final String sentence;
  private final String suggestedAction;
  private final boolean mendable;

  DeadLetterReason(String sentence, String suggestedAction, boolean mendable) {
    this.sentence = sentence;
    this.suggestedAction = suggestedAction;
    this.mendable = mendable;
  }

  /** What happened. */
  public String sentence() {
    return sentence;
  }

  /** What a person should do. */
  public String suggestedAction() {
    return suggestedAction;
  }

  /** Whether the same bytes, published anew, can be processed once something is mended. */
  public boolean isMendable() {
    return mendable;
  }
}
