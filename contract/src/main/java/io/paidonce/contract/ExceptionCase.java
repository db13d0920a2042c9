package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that a person decides about; the records of one case share {@code exceptionId} and grow
 * in {@code revision}.
 *
 * @param schema version of this record's layout
 * @param exceptionId the same for every reading and every replay of this case
 * @param kind why
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param state whether it still waits for somebody
 * @param revision grows with every word about this case: 1, 2, 3, … where the ledger opened it;
 *     where intake did, 1, 3, 5, … so that a resolution fits in between
 * @param suggestedAction what a person should do
 * @param evidence what led to it: ids, amounts, reasons; never personal data
 * @param openedAt our clock
 * @param at our clock, of this revision
 * @param source the record that caused this revision
 */
public record ExceptionCase(
    @JsonProperty(required = true) int schema,
    String exceptionId,
    ExceptionKind kind,
    String shop,
    String orderNo,
    ExceptionState state,
    @JsonProperty(required = true) long revision,
    String suggestedAction,
    Map<String, String> evidence,
    Instant openedAt,
    Instant at,
    RecordCoordinates source) {

  public static final int SCHEMA = 3;

  public ExceptionCase {
    Schema.require(schema, SCHEMA, "ExceptionCase");
    requireNonNull(exceptionId, "exceptionId");
    requireNonNull(kind, "kind");
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(state, "state");
    requireNonNull(suggestedAction, "suggestedAction");
    requireNonNull(openedAt, "openedAt");
    requireNonNull(at, "at");
    requireNonNull(source, "source");
    // Sorted, so that a replay writes the same bytes.
    evidence = Collections.unmodifiableMap(new TreeMap<>(requireNonNull(evidence, "evidence")));
  }

  /** The same for every reading and every replay of this revision; also the record's ce_id. */
  public String eventId() {
    return exceptionId + "/" + revision;
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }
}
