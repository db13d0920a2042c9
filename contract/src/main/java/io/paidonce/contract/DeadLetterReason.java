package io.paidonce.contract;

/** Why a record could not be processed, so that a developer knows where to look. */
public enum DeadLetterReason {
  /** Authentic, but the content does not have the shape the provider documents. */
  UNREADABLE_NOTIFICATION,
  /** Authentic, but of an event type this build does not know. */
  UNRECOGNISED_EVENT_TYPE,
  /** Not JSON, or a field is missing or of the wrong type. */
  UNREADABLE_RECORD,
  /** Written by a newer build than the reader. */
  UNSUPPORTED_SCHEMA,
  /** The record names another topic than the one it was read from. */
  WRONG_TOPIC,
  /** The payload does not have the hash its header states. */
  PAYLOAD_HASH_MISMATCH,
  /** The record's key is not the one its content asks for. */
  WRONG_KEY,
  /** The order holds so many payments that its record no longer fits the topic. */
  ORDER_TOO_LARGE,
  /** A defect of ours: the message names it. */
  PROCESSING_FAILED
}
