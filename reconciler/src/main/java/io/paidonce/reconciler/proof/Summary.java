package io.paidonce.reconciler.proof;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The bundle for a reader. Nothing follows from it: the records beside it are what counts. */
final class Summary {

  private Summary() {}

  static String of(
      OrderKey order,
      Instant madeAt,
      List<String> missing,
      List<ProofAccount> accounts,
      List<Bundle.Item> items,
      List<PaymentNotification> told,
      List<OrderTransition> changes) {
    List<String> lines = new ArrayList<>();
    lines.add("Order " + order + ", as it stood at " + madeAt);
    lines.add("");
    if (!changes.isEmpty()) {
      lines.addAll(outcome(changes.get(changes.size() - 1).after()));
    }
    lines.add("");
    lines.add("What changed it");
    changes.forEach(
        change ->
            lines.add(
                "  "
                    + change.version()
                    + "  "
                    + change.at()
                    + "  "
                    + change.from()
                    + " -> "
                    + change.to()
                    + "  "
                    + change.cause()
                    + "  from "
                    + change.source()));
    lines.add("");
    lines.add("What providers told");
    told.forEach(one -> lines.add("  " + line(one)));
    lines.add("");
    lines.add("Whose keys");
    accounts.forEach(
        account ->
            lines.add("  " + account.protocol() + " " + account.id() + ": " + account.words()));
    if (!missing.isEmpty()) {
      lines.add("");
      lines.add("Not in the bundle");
      missing.forEach(gone -> lines.add("  " + gone.replaceAll(",$", "")));
    }
    lines.add("");
    lines.add("Where each record stands (topic-partition@offset)");
    for (int i = 0; i < items.size(); i++) {
      lines.add(String.format("  records/%04d  %s", i + 1, items.get(i).record().at()));
    }
    lines.add("");
    lines.add(
        "Check it with: paidonce prove --check FILE. It needs no network, no Kafka and no"
            + " configuration.");
    return String.join("\n", lines) + "\n";
  }

  private static List<String> outcome(OrderSnapshot after) {
    List<String> lines = new ArrayList<>();
    lines.add("Status " + after.status());
    if (after.amountDueMinor() != null) {
      lines.add("Amount due " + after.amountDueMinor() + " " + after.currency() + " (minor units)");
    }
    TransactionKey paying = after.payingTransaction();
    if (paying != null) {
      lines.add("Paid by transaction " + paying);
    }
    return lines;
  }

  private static String line(PaymentNotification told) {
    String words =
        told.receivedAt()
            + "  "
            + told.protocol()
            + " "
            + told.account()
            + "  "
            + told.witness()
            + " "
            + told.eventType()
            + ", "
            + told.authentication()
            + " with key "
            + told.evidence().keyId();
    PaymentFact payment = told.payment();
    RefundFact refund = told.refund();
    if (payment != null) {
      words +=
          ": transaction "
              + payment.transactionId()
              + " paid "
              + payment.amountMinor()
              + " "
              + payment.currency();
    } else if (refund != null) {
      words += ": refund " + refund.refundId() + " " + refund.outcome();
    }
    return words;
  }
}
