package io.paidonce.benchmarks.load;

/**
 * What a {@code read_committed} consumer of {@code order-paid} saw of a phase.
 *
 * @param paid how many orders
 * @param missing how many of those acknowledged it did not see in time
 * @param twice how many records came for an order that had one
 * @param paidPerSecond for each second since the phase's start
 * @param latencies from the due time of an order's first callback to its record
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one process to another, never compared
public record PaidResult(
    long paid, long missing, long twice, long[] paidPerSecond, Latencies latencies) {}
