package io.paidonce.simulator.day;

import java.util.concurrent.atomic.LongAdder;

/** What happens, counted by whoever makes it happen. */
final class Counts {
  final LongAdder orders = new LongAdder();
  final LongAdder paid = new LongAdder();
  final LongAdder refusedPayments = new LongAdder();
  final LongAdder notices = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder attempts = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder accepted = new LongAdder();
  final LongAdder changedKey = new LongAdder();
  final LongAdder gaveUp = new LongAdder();
  final LongAdder refunds = new LongAdder();

  DayTally tally() {
    return new DayTally(
        orders.sum(),
        paid.sum(),
        refusedPayments.sum(),
        notices.sum(),
        dropped.sum(),
        attempts.sum(),
        lost.sum(),
        accepted.sum(),
        changedKey.sum(),
        gaveUp.sum(),
        refunds.sum());
  }
}
