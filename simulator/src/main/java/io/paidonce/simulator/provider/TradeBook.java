package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.provider.TradeRefund.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All trades of one account, as its provider knows them. It keeps the rules that cost money when
 * they are broken: a paid trade is not closed, a refund's number stands for one refund, no more
 * goes back than came. Every time in it is the given clock's, so it runs in virtual time.
 * Thread-safe.
 */
public final class TradeBook {

  private static final int MOST_REFUNDS = 50;
  private static final Duration REFUNDABLE = Duration.ofDays(365);
  private static final Duration UNPAID_LIFE = Duration.ofDays(7);

  /** When the money of a refund moves. */
  public enum Refunds {
    /** In the moment it is asked for. */
    AT_ONCE,
    /** When it is settled. */
    LATER
  }

  /** Is told what was just entered, by the thread that entered it; must not block. */
  public interface Listener {

    /** Somebody asked for a refund that was not asked for before. */
    void refundRequested(Trade trade, TradeRefund refund);

    /** Somebody closed a trade that waited for its customer; a combined one once for each. */
    void closed(Trade trade);
  }

  private final InstantSource clock;
  private final String numbers;
  private final boolean refundNumbersAreWide;
  private final Refunds refunds;
  private final Map<String, Trade> trades = new LinkedHashMap<>();
  private final Map<String, String> orderOfTransaction = new HashMap<>();
  private final Map<String, String> orderOfRefund = new HashMap<>();
  private final Map<String, List<String>> combined = new HashMap<>();
  private long issued;
  private @Nullable Listener listener;

  /** An empty book, refunding as the dialect's provider mostly does. */
  public TradeBook(InstantSource clock, Dialect dialect, String account) {
    this(clock, dialect, account, dialect == Dialect.ALIPAY ? Refunds.AT_ONCE : Refunds.LATER);
  }

  /** An empty book. */
  public TradeBook(InstantSource clock, Dialect dialect, String account, Refunds refunds) {
    this.clock = requireNonNull(clock, "clock");
    this.numbers = (dialect == Dialect.ALIPAY ? "20" : "42") + account;
    // WeChat's out_refund_no names a refund in the whole account, Alipay's number in its trade.
    this.refundNumbersAreWide = dialect != Dialect.ALIPAY;
    this.refunds = requireNonNull(refunds, "refunds");
  }

  /** From now on it is told; one at a time. */
  public synchronized void listen(Listener told) {
    this.listener = requireNonNull(told, "told");
  }

  /** A trade that waits for its customer. */
  public Booking<Trade> open(String orderNo, long amountMinor) {
    return open(orderNo, amountMinor, UNPAID_LIFE);
  }

  /** A trade that closes by itself if nobody pays it in its time. */
  public synchronized Booking<Trade> open(String orderNo, long amountMinor, Duration life) {
    return opened(orderNo, null, amountMinor, Trade.State.UNPAID, life);
  }

  /** A trade that no customer has seen yet. */
  public synchronized Booking<Trade> prepare(String orderNo, long amountMinor) {
    return opened(orderNo, null, amountMinor, Trade.State.PREPARED, UNPAID_LIFE);
  }

  /** The customer sees a prepared trade, and may pay it. */
  public synchronized Booking<Trade> scan(String orderNo) {
    Trade trade = current(orderNo);
    if (trade == null) {
      return Booking.refused(TradeRefusal.NO_SUCH_TRADE);
    }
    if (trade.state() == Trade.State.PREPARED && isOver(trade)) {
      return Booking.refused(TradeRefusal.ALREADY_CLOSED);
    }
    return trade.state() == Trade.State.PREPARED
        ? Booking.done(put(trade.in(Trade.State.UNPAID, clock.instant())))
        : Booking.again(trade);
  }

  /**
   * Trades that are paid together or not at all.
   *
   * @param amounts fen by out_trade_no, in their order
   */
  public synchronized Booking<List<Trade>> openCombined(
      String combineOrderNo, Map<String, Long> amounts) {
    List<String> known = combined.get(combineOrderNo);
    if (known != null) {
      boolean same =
          known.equals(List.copyOf(amounts.keySet()))
              && amounts.entrySet().stream()
                  .allMatch(sub -> trade(sub.getKey()).amountMinor() == sub.getValue());
      return same
          ? Booking.again(combinedTrades(combineOrderNo))
          : Booking.refused(TradeRefusal.OTHER_CONTENT);
    }
    if (amounts.keySet().stream().anyMatch(trades::containsKey)) {
      return Booking.refused(TradeRefusal.OTHER_CONTENT);
    }
    combined.put(combineOrderNo, List.copyOf(amounts.keySet()));
    amounts.forEach(
        (orderNo, amount) ->
            opened(orderNo, combineOrderNo, amount, Trade.State.UNPAID, UNPAID_LIFE));
    return Booking.done(combinedTrades(combineOrderNo));
  }

  /** The customer pays; a combined trade together with its others. */
  public synchronized Booking<Trade> pay(String orderNo) {
    Trade trade = current(orderNo);
    if (trade == null) {
      return Booking.refused(TradeRefusal.NO_SUCH_TRADE);
    }
    if (trade.state() == Trade.State.PAID) {
      return Booking.refused(TradeRefusal.ALREADY_PAID);
    }
    if (trade.state() == Trade.State.CLOSED || isOver(trade)) {
      return Booking.refused(TradeRefusal.ALREADY_CLOSED);
    }
    Instant now = clock.instant();
    together(trade).forEach(each -> put(each.in(Trade.State.PAID, now)));
    return Booking.done(trade(orderNo));
  }

  /** Nobody shall pay it any more. Again for a closed one changes nothing. */
  public synchronized Booking<Trade> close(String orderNo) {
    Trade trade = current(orderNo);
    if (trade == null) {
      return Booking.refused(TradeRefusal.NO_SUCH_TRADE);
    }
    if (trade.state() == Trade.State.PAID) {
      return Booking.refused(TradeRefusal.ALREADY_PAID);
    }
    if (trade.state() == Trade.State.CLOSED) {
      return Booking.again(trade);
    }
    Instant now = clock.instant();
    for (Trade each : together(trade)) {
      Trade closed = put(each.in(Trade.State.CLOSED, now));
      if (listener != null) {
        listener.closed(closed);
      }
    }
    return Booking.done(trade(orderNo));
  }

  /** Sends money back; the same number with the same content is the same refund. */
  public synchronized Booking<TradeRefund> refund(
      String orderNo, String refundNo, long amountMinor) {
    Trade trade = current(orderNo);
    if (trade == null) {
      return Booking.refused(TradeRefusal.NO_SUCH_TRADE);
    }
    String ownerOfNumber = orderOfRefund.get(numberOf(orderNo, refundNo));
    if (ownerOfNumber != null) {
      TradeRefund known = trade(ownerOfNumber).refund(refundNo).orElseThrow();
      return ownerOfNumber.equals(orderNo) && known.amountMinor() == amountMinor
          ? Booking.again(known)
          : Booking.refused(TradeRefusal.OTHER_CONTENT);
    }
    TradeRefusal refusal = refusalOfRefund(trade, amountMinor);
    if (refusal != null) {
      return Booking.refused(refusal);
    }
    Instant now = clock.instant();
    TradeRefund refund =
        new TradeRefund(
            refundNo,
            "50" + issue(),
            amountMinor,
            refunds == Refunds.AT_ONCE ? State.SUCCEEDED : State.PROCESSING,
            now,
            now);
    List<TradeRefund> withIt = new ArrayList<>(trade.refunds());
    withIt.add(refund);
    Trade after = put(trade.with(withIt));
    orderOfRefund.put(numberOf(orderNo, refundNo), orderNo);
    if (listener != null) {
      listener.refundRequested(after, refund);
    }
    return Booking.done(refund);
  }

  /** A refund comes to an end, or gets stuck; from an end it goes nowhere. */
  public synchronized Booking<TradeRefund> settle(String orderNo, String refundNo, State outcome) {
    Trade trade = current(orderNo);
    TradeRefund refund = trade == null ? null : trade.refund(refundNo).orElse(null);
    if (trade == null || refund == null) {
      return Booking.refused(TradeRefusal.NO_SUCH_REFUND);
    }
    if (refund.state() == outcome) {
      return Booking.again(refund);
    }
    if (refund.state().isFinal()) {
      return Booking.refused(TradeRefusal.SETTLED);
    }
    TradeRefund settled = refund.in(outcome, clock.instant());
    UnaryOperator<TradeRefund> change = each -> each.equals(refund) ? settled : each;
    put(trade.with(trade.refunds().stream().map(change).toList()));
    return Booking.done(settled);
  }

  public synchronized Optional<Trade> byOrderNo(String orderNo) {
    return Optional.ofNullable(current(orderNo));
  }

  public synchronized Optional<Trade> byTransactionId(String transactionId) {
    return Optional.ofNullable(orderOfTransaction.get(transactionId)).map(this::trade);
  }

  /**
   * The trade that a refund's number belongs to.
   *
   * @throws IllegalStateException if a number names a refund only within its trade
   */
  public synchronized Optional<Trade> byRefundNo(String refundNo) {
    if (!refundNumbersAreWide) {
      throw new IllegalStateException("a refund's number says nothing without its trade");
    }
    return Optional.ofNullable(orderOfRefund.get(refundNo)).map(this::trade);
  }

  /** The trades that are paid together; none where there is no such number. */
  public synchronized List<Trade> byCombineOrderNo(String combineOrderNo) {
    return combinedTrades(combineOrderNo);
  }

  private Booking<Trade> opened(
      String orderNo,
      @Nullable String combineOrderNo,
      long amountMinor,
      Trade.State state,
      Duration life) {
    Trade known = current(orderNo);
    if (known != null) {
      return known.amountMinor() == amountMinor && !known.isCombined()
          ? Booking.again(known)
          : Booking.refused(TradeRefusal.OTHER_CONTENT);
    }
    Instant now = clock.instant();
    return Booking.done(
        put(
            new Trade(
                orderNo,
                combineOrderNo,
                issue(),
                amountMinor,
                state,
                now,
                now.plus(life),
                now,
                List.of())));
  }

  private @Nullable TradeRefusal refusalOfRefund(Trade trade, long amountMinor) {
    if (trade.state() != Trade.State.PAID) {
      return TradeRefusal.NOT_PAID;
    }
    if (trade.changedAt().plus(REFUNDABLE).isBefore(clock.instant())) {
      return TradeRefusal.TOO_LATE;
    }
    if (amountMinor <= 0 || amountMinor > trade.amountMinor() - trade.refundingMinor()) {
      return TradeRefusal.MORE_THAN_LEFT;
    }
    return trade.refunds().size() >= MOST_REFUNDS ? TradeRefusal.TOO_MANY_REFUNDS : null;
  }

  private List<Trade> together(Trade trade) {
    String combineOrderNo = trade.combineOrderNo();
    return combineOrderNo == null ? List.of(trade) : combinedTrades(combineOrderNo);
  }

  private List<Trade> combinedTrades(String combineOrderNo) {
    return combined.getOrDefault(combineOrderNo, List.of()).stream().map(this::trade).toList();
  }

  private Trade trade(String orderNo) {
    return requireNonNull(current(orderNo), "trade");
  }

  // Whoever looks, looks now: a trade whose time is over was closed at that time.
  private @Nullable Trade current(String orderNo) {
    Trade trade = trades.get(orderNo);
    if (trade == null) {
      return null;
    }
    return trade.state() == Trade.State.UNPAID && isOver(trade)
        ? put(trade.in(Trade.State.CLOSED, trade.expiresAt()))
        : trade;
  }

  private boolean isOver(Trade trade) {
    return !clock.instant().isBefore(trade.expiresAt());
  }

  private String numberOf(String orderNo, String refundNo) {
    return refundNumbersAreWide ? refundNo : orderNo + "/" + refundNo;
  }

  private Trade put(Trade trade) {
    trades.put(trade.orderNo(), trade);
    orderOfTransaction.put(trade.transactionId(), trade.orderNo());
    return trade;
  }

  private String issue() {
    return numbers + String.format(Locale.ROOT, "%010d", ++issued);
  }
}
