package io.paidonce.launcher.simulate;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Money;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.simulator.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one notice says, complete.
 *
 * @param orderNos out_trade_no; several only of a combined payment, which pays each the amount
 * @param transactionId the provider's id of the payment; of a combined one the first's, the others'
 *     end in their place
 * @param refunded what this refund returns
 * @param refundedTotal what all refunds have returned by then, this one included
 */
public record Told(
    NoticeKind kind,
    String notificationId,
    String transactionId,
    List<String> orderNos,
    Money amount,
    Instant at,
    String refundId,
    String refundNo,
    RefundOutcome outcome,
    Money refunded,
    Money refundedTotal) {

  private static final int MOST_ORDERS = 50;

  public Told {
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
    requireNonNull(outcome, "outcome");
    orderNos = List.copyOf(orderNos);
    if (orderNos.isEmpty() || orderNos.size() > MOST_ORDERS) {
      throw new IllegalArgumentException("a notice names 1 to " + MOST_ORDERS + " orders");
    }
    if (orderNos.size() > 1 && kind != NoticeKind.COMBINED) {
      throw new IllegalArgumentException("only a combined payment names several orders");
    }
    if (amount.amountMinor() < 1) {
      throw new IllegalArgumentException("the amount must be above 0");
    }
    boolean rising =
        refunded.amountMinor() >= 1
            && refundedTotal.amountMinor() >= refunded.amountMinor()
            && amount.amountMinor() >= refundedTotal.amountMinor();
    if (!rising) {
      throw new IllegalArgumentException(
          "a refund of "
              + refunded.major()
              + " and "
              + refundedTotal.major()
              + " in total does not fit a payment of "
              + amount.major());
    }
  }

  /** As the simulator sends it. */
  Notice notice() {
    PaidNotice payment = payment(0);
    return switch (kind) {
      case PAYMENT -> new Notice.Paid(payment);
      case FINISHED -> new Notice.Finished(payment);
      case CLOSED -> new Notice.ClosedUnpaid(payment);
      case COMBINED -> {
        List<PaidNotice> payments = new ArrayList<>();
        for (int i = 0; i < orderNos.size(); i++) {
          payments.add(payment(i));
        }
        yield new Notice.PaidTogether(
            new CombinedNotice(notificationId, orderNos.get(0) + "C", payments));
      }
      case REFUND ->
          new Notice.Refunded(
              new RefundNotice(
                  notificationId,
                  payment,
                  refundId,
                  refundNo,
                  outcome,
                  refunded.amountMinor(),
                  refundedTotal.amountMinor(),
                  at));
    };
  }

  private PaidNotice payment(int index) {
    return new PaidNotice(
        notificationId,
        index == 0 ? transactionId : transactionId + "-" + (index + 1),
        orderNos.get(index),
        amount.amountMinor(),
        amount.currency(),
        at);
  }

  /** One line for whoever sends it; no secret is in a notice. */
  public String line() {
    String what =
        kind == NoticeKind.REFUND
            ? "refund "
                + refundId
                + " ("
                + outcome
                + ") of "
                + refunded.major()
                + " from "
                + transactionId
            : kind + " " + transactionId;
    return what
        + ", order "
        + String.join(", ", orderNos)
        + ", "
        + amount.currency()
        + " "
        + amount.major()
        + ", notification "
        + notificationId;
  }
}
