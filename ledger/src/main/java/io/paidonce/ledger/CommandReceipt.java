package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What intake remembers of one command id.
 *
 * @param fingerprint content that must not differ
 * @param first the record that passed on to the ledger
 * @param conflicts how many commands used the id again with other content
 * @param firstConflictAt our clock; absent while there is none
 */
public record CommandReceipt(
    String fingerprint,
    RecordCoordinates first,
    @JsonProperty(required = true) long conflicts,
    @Nullable Instant firstConflictAt) {

  public CommandReceipt {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(first, "first");
  }
}
