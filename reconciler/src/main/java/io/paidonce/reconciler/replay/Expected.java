package io.paidonce.reconciler.replay;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;

/**
 * A record that the fold makes.
 *
 * @param eventId its {@code ce_id}
 * @param payload what it should hold; empty before the range, where nothing is compared
 * @param order {@code shop:order_no}
 * @param cause the input it follows from
 */
record Expected(
    String eventId, RawBytes payload, String order, RecordCoordinates cause, Phase phase) {}
