package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's action is about, as the read store knows it.
 *
 * @param order absent for a dead letter that belongs to none
 * @param amounts the largest amount known of the order, due or received, by currency, minor units
 */
record Target(@Nullable OrderKey order, Map<String, Long> amounts) {}
