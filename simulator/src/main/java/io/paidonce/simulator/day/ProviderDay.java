package io.paidonce.simulator.day;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.Booking;
import io.paidonce.simulator.provider.Trade;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.TradeRefund;
import io.paidonce.simulator.provider.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays a plan: each event at its time, each notice by its provider's retry plan until it is
 * acknowledged, each refund until it is settled. Whoever owns it lets time go on, and may do things
 * of his own between two events; the clock is the desks' and ours alike. One thread plays; the
 * books may be asked, and the tally read, by any.
 */
public final class ProviderDay {

  /** Who listens: our side of the play. */
  public interface Sink {

    /** Our order service places an order. */
    void place(DayOrder order);

    /**
     * A callback arrives.
     *
     * @return the answer; null where none comes in the provider's time
     */
    @Nullable CallbackAnswer deliver(SimulatedAccount account, SignedCallback callback);
  }

  private final DaySettings settings;
  private final VirtualTime time;
  private final Sink sink;
  private final Timeline timeline;
  private final Map<String, DayAccount> accounts = new HashMap<>();
  private final Counts counts = new Counts();
  private final Deliveries deliveries;

  /**
   * Days that have not begun.
   *
   * @param time the clock of the accounts' books too
   */
  public ProviderDay(DaySettings settings, VirtualTime time, Sink sink) {
    this.settings = requireNonNull(settings, "settings");
    this.time = requireNonNull(time, "time");
    this.sink = requireNonNull(sink, "sink");
    this.timeline = new Timeline(time);
    this.deliveries = new Deliveries(settings, timeline, time, sink, counts);
    for (DayAccount account : settings.accounts()) {
      accounts.put(account.id(), account);
      account.book().listen(new Listener(account));
    }
    DayPlan.of(settings).forEach(this::enter);
  }

  /** When the next event is due; empty where all has happened. */
  public Optional<Instant> next() {
    return timeline.next();
  }

  /** Moves the clock to the next event and lets it happen; false where there is none. */
  public boolean step() {
    return timeline.step();
  }

  /** Lets all happen that is due until then, and moves the clock there. */
  public void runUntil(Instant moment) {
    while (timeline.next().filter(at -> !at.isAfter(moment)).isPresent()) {
      timeline.step();
    }
    time.moveTo(moment);
  }

  public DayTally tally() {
    return counts.tally();
  }

  private void enter(DayOrder order) {
    timeline.at(
        order.placedAt(),
        () -> {
          counts.orders.increment();
          sink.place(order);
        });
    for (DayOrder.Try attempt : order.tries()) {
      DayAccount account = requireNonNull(accounts.get(attempt.account()), "account");
      timeline.at(attempt.opensAt(), () -> open(account, order, attempt));
      Instant paysAt = attempt.paysAt();
      if (paysAt != null) {
        timeline.at(paysAt, () -> pay(account, order, attempt));
      }
    }
  }

  private static void open(DayAccount account, DayOrder order, DayOrder.Try attempt) {
    if (attempt.isPrepared()) {
      account.book().prepare(order.orderNo(), order.amountMinor());
    } else {
      account.book().open(order.orderNo(), order.amountMinor());
    }
  }

  private void pay(DayAccount account, DayOrder order, DayOrder.Try attempt) {
    Booking<Trade> payment = account.book().pay(order.orderNo());
    if (!payment.isDone()) {
      counts.refusedPayments.increment();
      return;
    }
    counts.paid.increment();
    deliveries.send(
        account, TradeNotices.paid(payment.get()), attempt.courier(), attempt.latency());
  }

  private final class Listener implements TradeBook.Listener {
    private final DayAccount account;

    Listener(DayAccount account) {
      this.account = account;
    }

    @Override
    public void refundRequested(Trade trade, TradeRefund refund) {
      ProviderDay.this.refundRequested(account, trade, refund);
    }

    @Override
    public void closed(Trade trade) {
      tellClosed(account, trade);
    }
  }

  // Alipay tells of it where the customer paid in an app or a mobile page, and nowhere else.
  private void tellClosed(DayAccount account, Trade trade) {
    Draw draw = Draw.of(settings.seed(), "closed " + trade.orderNo());
    if (account.account().dialect() == Dialect.ALIPAY && draw.below(2) == 0) {
      deliveries.send(account, TradeNotices.closed(trade), draw);
    }
  }

  private void refundRequested(DayAccount account, Trade trade, TradeRefund refund) {
    counts.refunds.increment();
    Draw draw = Draw.of(settings.seed(), "refund " + refund.refundNo());
    Instant now = time.instant();
    if (refund.state() == TradeRefund.State.SUCCEEDED) {
      timeline.at(now, () -> tell(account, trade.orderNo(), refund.refundNo(), draw));
      return;
    }
    Instant end = now.plus(draw.between(Duration.ofSeconds(5), Duration.ofHours(2)));
    int drawn = draw.below(100);
    if (drawn < 5) {
      settle(account, trade, refund, TradeRefund.State.ABNORMAL, end, draw);
      end = end.plus(draw.between(Duration.ofMinutes(10), Duration.ofHours(6)));
    }
    TradeRefund.State outcome =
        drawn >= 97 ? TradeRefund.State.CLOSED : TradeRefund.State.SUCCEEDED;
    settle(account, trade, refund, outcome, end, draw);
  }

  private void settle(
      DayAccount account,
      Trade trade,
      TradeRefund refund,
      TradeRefund.State outcome,
      Instant at,
      Draw draw) {
    timeline.at(
        at,
        () -> {
          if (account.book().settle(trade.orderNo(), refund.refundNo(), outcome).isNew()) {
            tell(account, trade.orderNo(), refund.refundNo(), draw);
          }
        });
  }

  private void tell(DayAccount account, String orderNo, String refundNo, Draw draw) {
    Trade trade = account.book().byOrderNo(orderNo).orElseThrow();
    TradeRefund refund = trade.refund(refundNo).orElseThrow();
    deliveries.send(account, TradeNotices.refunded(trade, refund), draw);
  }
}
