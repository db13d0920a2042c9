package io.paidonce.simulator.day;

/**
 * What happened so far.
 *
 * @param paid payments that the providers took
 * @param refusedPayments customers who came too late: the trade was closed
 * @param notices that were due, those never sent included
 * @param dropped notices that never are
 * @param attempts that were made, those lost on their way included
 * @param lost attempts
 * @param accepted notices that were acknowledged
 * @param changedKey attempts that were signed with the new key
 * @param gaveUp notices whose retry plan came to its end
 * @param refunds that were asked for
 */
public record DayTally(
    long orders,
    long paid,
    long refusedPayments,
    long notices,
    long dropped,
    long attempts,
    long lost,
    long accepted,
    long changedKey,
    long gaveUp,
    long refunds) {}
