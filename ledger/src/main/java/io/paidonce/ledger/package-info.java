/**
 * What decides about money: identity of a notification, the order's ledger and its table of
 * decisions. Pure functions over the contract's records; no Kafka, no clock, no logger may come in.
 */
@NullMarked
package io.paidonce.ledger;

import org.jspecify.annotations.NullMarked;
