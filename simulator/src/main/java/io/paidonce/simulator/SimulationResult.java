package io.paidonce.simulator;

/**
 * What a simulation came to.
 *
 * @param ordersPlaced place commands that are stored
 * @param ordersCancelled cancel commands that are stored
 * @param commandsUnconfirmed commands of which it is not known whether they are stored
 * @param callbacksSent requests, retries and forgeries included
 * @param acknowledged of them, good notices that were answered with success
 * @param refusedAsExpected of them, forgeries and probes that were refused
 * @param declined of them, good notices that were answered otherwise; each is tried again
 * @param unanswered of them, those without an answer in time; each is tried again
 * @param unexpected of them, forgeries and probes that were answered with success
 * @param gaveUp notices whose retry plan ended without success
 */
public record SimulationResult(
    long ordersPlaced,
    long ordersCancelled,
    long commandsUnconfirmed,
    long callbacksSent,
    long acknowledged,
    long refusedAsExpected,
    long declined,
    long unanswered,
    long unexpected,
    long gaveUp) {}
