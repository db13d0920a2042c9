package io.paidonce.simulator.day;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.simulator.Notice;
import io.paidonce.simulator.provider.Trade;
import io.paidonce.simulator.provider.TradeRefund;
import java.util.UUID;

/** What a provider tells of what is in its book. */
final class TradeNotices {

  private TradeNotices() {}

  static Notice paid(Trade trade) {
    return new Notice.Paid(payment(trade));
  }

  static Notice closed(Trade trade) {
    return new Notice.ClosedUnpaid(payment(trade));
  }

  /** Of a refund that is not under way any more. */
  static Notice refunded(Trade trade, TradeRefund refund) {
    return new Notice.Refunded(refund(trade, refund));
  }

  private static PaidNotice payment(Trade trade) {
    return new PaidNotice(
        notificationId(trade.state() + " " + trade.transactionId()),
        trade.transactionId(),
        trade.orderNo(),
        trade.amountMinor(),
        "CNY",
        trade.changedAt());
  }

  private static RefundNotice refund(Trade trade, TradeRefund refund) {
    return new RefundNotice(
        notificationId("refund " + refund.refundId() + " " + refund.state()),
        payment(trade),
        refund.refundId(),
        refund.refundNo(),
        switch (refund.state()) {
          case SUCCEEDED -> RefundOutcome.SUCCEEDED;
          case ABNORMAL -> RefundOutcome.ABNORMAL;
          case CLOSED -> RefundOutcome.CLOSED;
          case PROCESSING ->
              throw new IllegalStateException("nothing is told of a refund under way");
        },
        refund.amountMinor(),
        trade.refundedMinor(),
        refund.settledAt());
  }

  // The same over all attempts of one notice, as both providers keep theirs.
  private static String notificationId(String subject) {
    return UUID.nameUUIDFromBytes(subject.getBytes(US_ASCII)).toString();
  }
}
