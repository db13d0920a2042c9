package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What intake remembers of one notification: how often and how it came.
 *
 * @param schema version of this record's layout
 * @param identity the business fact, never the delivery; the key of this record
 * @param shop who owns the order
 * @param orderNo the shop's number of it; absent where the notification names no order
 * @param fingerprint what must not differ between deliveries
 * @param deliveries how many records of it intake read, conflicting ones included
 * @param conflicts how many of them contradicted the first
 * @param firstConflictAt our clock; absent while there is none
 * @param firstReceivedAt our clock
 * @param lastReceivedAt our clock
 * @param witnesses how we learnt it, each once, in the order of arrival
 * @param keyIds the keys that verified it, each once, in the order of arrival; the first eight
 * @param first the record that passed on to the ledger
 * @param revision grows by one with every delivery
 */
public record NotificationReceipt(
    @JsonProperty(required = true) int schema,
    String identity,
    String shop,
    @Nullable String orderNo,
    String fingerprint,
    @JsonProperty(required = true) long deliveries,
    @JsonProperty(required = true) long conflicts,
    @Nullable Instant firstConflictAt,
    Instant firstReceivedAt,
    Instant lastReceivedAt,
    List<Witness> witnesses,
    List<String> keyIds,
    RecordCoordinates first,
    @JsonProperty(required = true) long revision) {

  public static final int SCHEMA = 1;

  public NotificationReceipt {
    Schema.require(schema, SCHEMA, "NotificationReceipt");
    requireNonNull(identity, "identity");
    requireNonNull(shop, "shop");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(firstReceivedAt, "firstReceivedAt");
    requireNonNull(lastReceivedAt, "lastReceivedAt");
    requireNonNull(first, "first");
    witnesses = List.copyOf(requireNonNull(witnesses, "witnesses"));
    keyIds = List.copyOf(requireNonNull(keyIds, "keyIds"));
  }
}
