package io.paidonce.projector;

import io.paidonce.contract.RecordCoordinates;

/** A record's value and where it stands in the log. */
record Read<V>(V value, RecordCoordinates at) {}
