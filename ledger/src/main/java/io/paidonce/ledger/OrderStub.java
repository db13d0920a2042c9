package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.Combination;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An ended order as it is kept for ever: all that its ledger knows, without names of fields and
 * without what the key of the store or another part of it says already. Nothing is lost, since a
 * transaction must be recognised, and its refund counted, however late it comes.
 *
 * @param paying index of the paying transaction in the payments; -1 where there is none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record OrderStub(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) long version,
    OrderStatus status,
    @JsonProperty(required = true) long dueMinor,
    String currency,
    String placedAt,
    boolean partialPayments,
    LatePayment latePayment,
    List<Payment> payments,
    List<Refund> refunds,
    @JsonProperty(required = true) int paying,
    List<Case> cases,
    @Nullable Asked asked,
    @Nullable List<RefundAsk> refunding) {

  private static final int FORMAT = 1;

  /** A payment; its currency and expected payee are left out where they are what they should be. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Payment(
      String provider,
      String account,
      String transactionId,
      @JsonProperty(required = true) long amountMinor,
      @Nullable String currency,
      String payee,
      @Nullable String expectedPayee,
      @Nullable String occurredAt,
      String receivedAt,
      Witness witness) {}

  /** A fact about a refund; its currency is left out where it is the order's. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Refund(
      String provider,
      String account,
      String transactionId,
      String refundId,
      @Nullable String merchantRefundNo,
      RefundOutcome outcome,
      @Nullable Long amountMinor,
      @Nullable Long refundedTotalMinor,
      @Nullable Long transactionAmountMinor,
      @Nullable String currency,
      @Nullable String occurredAt,
      String receivedAt,
      Witness witness) {}

  /** What was last said of an exception; the order in its id is left out. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Case(
      String id,
      @JsonProperty(required = true) long revision,
      String openedAt,
      @JsonProperty(required = true) boolean byHand) {}

  /** What else the order itself said of its policy; absent where it said nothing. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Asked(
      @Nullable Integer payWithinSeconds,
      @Nullable OnDeadline onDeadline,
      @Nullable DoublePayment doublePayment,
      @Nullable List<ProviderAccount> payableAt,
      @Nullable Combination combined) {

    static @Nullable Asked of(PaymentPolicy policy) {
      boolean isUsual = policy.doublePayment() == DoublePayment.REVIEW;
      return policy.payWithinSeconds() == null
              && policy.onDeadline() == null
              && isUsual
              && policy.payableAt() == null
              && policy.combined() == null
          ? null
          : new Asked(
              policy.payWithinSeconds(),
              policy.onDeadline(),
              isUsual ? null : policy.doublePayment(),
              policy.payableAt(),
              policy.combined());
    }
  }

  static boolean isFor(OrderLedger ledger) {
    return switch (ledger.status()) {
      case UNPLACED, PENDING, PAID, SHIPPED -> false;
      case COMPLETED, REFUNDED, CANCELLED -> true;
    };
  }

  static OrderStub of(OrderLedger ledger) {
    Terms terms = requireNonNull(ledger.terms(), "terms");
    String currency = terms.due().currency();
    List<Payment> payments = new ArrayList<>();
    int paying = -1;
    for (PaymentFact fact : ledger.payments()) {
      if (fact.transaction().equals(ledger.payingTransaction())) {
        paying = payments.size();
      }
      payments.add(
          new Payment(
              fact.provider(),
              fact.account(),
              fact.transactionId(),
              fact.amountMinor(),
              unless(fact.currency(), currency),
              fact.payee(),
              unless(fact.expectedPayee(), fact.payee()),
              shortOrNull(fact.occurredAt()),
              shortOf(fact.receivedAt()),
              fact.witness()));
    }
    List<Refund> refunds = new ArrayList<>();
    for (RefundFact fact : ledger.refunds()) {
      refunds.add(
          new Refund(
              fact.provider(),
              fact.account(),
              fact.transactionId(),
              fact.refundId(),
              fact.merchantRefundNo(),
              fact.outcome(),
              fact.amountMinor(),
              fact.refundedTotalMinor(),
              fact.transactionAmountMinor(),
              unless(fact.currency(), currency),
              shortOrNull(fact.occurredAt()),
              shortOf(fact.receivedAt()),
              fact.witness()));
    }
    List<Case> cases = new ArrayList<>();
    String order = "/" + ledger.order() + "/";
    ledger
        .cases()
        .forEach(
            (id, known) ->
                cases.add(
                    new Case(
                        withoutOrder(id, order),
                        known.revision(),
                        shortOf(known.openedAt()),
                        known.byHand())));
    return new OrderStub(
        FORMAT,
        ledger.version(),
        ledger.status(),
        terms.due().amountMinor(),
        currency,
        shortOf(terms.placedAt()),
        terms.policy().partialPayments(),
        terms.policy().latePayment(),
        payments,
        refunds,
        paying,
        cases,
        Asked.of(terms.policy()),
        ledger.refunding().isEmpty() ? null : ledger.refunding());
  }

  OrderLedger ledger(OrderKey order) {
    if (format != FORMAT) {
      throw new IllegalStateException("stub of a newer build: format " + format + " of " + order);
    }
    List<PaymentFact> paymentFacts = new ArrayList<>();
    for (Payment one : payments) {
      paymentFacts.add(
          new PaymentFact(
              one.provider(),
              one.account(),
              one.transactionId(),
              one.amountMinor(),
              or(one.currency(), currency),
              one.payee(),
              or(one.expectedPayee(), one.payee()),
              timeOrNull(one.occurredAt()),
              time(one.receivedAt()),
              one.witness()));
    }
    List<RefundFact> refundFacts = new ArrayList<>();
    for (Refund one : refunds) {
      refundFacts.add(
          new RefundFact(
              one.provider(),
              one.account(),
              one.transactionId(),
              one.refundId(),
              one.merchantRefundNo(),
              one.outcome(),
              one.amountMinor(),
              one.refundedTotalMinor(),
              one.transactionAmountMinor(),
              or(one.currency(), currency),
              timeOrNull(one.occurredAt()),
              time(one.receivedAt()),
              one.witness()));
    }
    Map<String, KnownCase> known = new TreeMap<>();
    for (Case one : cases) {
      known.put(
          withOrder(one.id(), order),
          new KnownCase(one.revision(), time(one.openedAt()), one.byHand()));
    }
    TransactionKey payingTransaction = paying < 0 ? null : paymentFacts.get(paying).transaction();
    return new OrderLedger(
        order,
        version,
        status,
        new Terms(
            Money.of(dueMinor, currency),
            time(placedAt),
            new PaymentPolicy(
                partialPayments,
                latePayment,
                asked == null ? null : asked.payWithinSeconds(),
                asked == null ? null : asked.onDeadline(),
                asked == null || asked.doublePayment() == null
                    ? DoublePayment.REVIEW
                    : asked.doublePayment(),
                asked == null ? null : asked.payableAt(),
                asked == null ? null : asked.combined())),
        paymentFacts,
        refundFacts,
        payingTransaction,
        known,
        null,
        null,
        List.of(),
        null,
        refunding == null ? List.of() : refunding);
  }

  private static @Nullable String unless(String text, String expected) {
    return text.equals(expected) ? null : text;
  }

  private static String or(@Nullable String text, String expected) {
    return text == null ? expected : text;
  }

  // KIND/shop:order_no/about becomes KIND//about: no id of another form has two slashes there.
  private static String withoutOrder(String id, String order) {
    int kind = id.indexOf('/');
    return kind > 0 && id.startsWith(order, kind)
        ? id.substring(0, kind) + "//" + id.substring(kind + order.length())
        : id;
  }

  private static String withOrder(String id, OrderKey order) {
    int kind = id.indexOf('/');
    return kind > 0 && id.startsWith("//", kind)
        ? id.substring(0, kind) + "/" + order + "/" + id.substring(kind + 2)
        : id;
  }

  // Milliseconds are what providers and gateways state; anything finer is kept as text.
  private static String shortOf(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli()).equals(instant)
        ? Long.toString(instant.toEpochMilli(), Character.MAX_RADIX)
        : instant.toString();
  }

  private static @Nullable String shortOrNull(@Nullable Instant instant) {
    return instant == null ? null : shortOf(instant);
  }

  private static Instant time(String text) {
    return text.indexOf(':') < 0
        ? Instant.ofEpochMilli(Long.parseLong(text, Character.MAX_RADIX))
        : Instant.parse(text);
  }

  private static @Nullable Instant timeOrNull(@Nullable String text) {
    return text == null ? null : time(text);
  }
}
