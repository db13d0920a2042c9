package io.paidonce.projector;

import io.paidonce.contract.RecordCoordinates;

/**
 * A record that changes no row.
 *
 * @param reason one sentence that never repeats the record's content
 */
record Refusal(RecordCoordinates record, String reason) {}
