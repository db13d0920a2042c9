package io.paidonce.verifier;

import static io.paidonce.verifier.Cells.combination;
import static io.paidonce.verifier.Cells.text;
import static io.paidonce.verifier.Cells.time;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Resubmission;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one row that a record makes of a table that keeps each record at its place. */
final class LogFold {

  private static final Set<String> KEYED_BY_ORDER =
      Topics.all().stream()
          .filter(topic -> topic.key().equals("shop:order_no"))
          .map(Topic::name)
          .collect(Collectors.toUnmodifiableSet());

  private LogFold() {}

  static List<@Nullable String> row(RecordCoordinates at, List<@Nullable String> columns) {
    List<@Nullable String> row = new ArrayList<>();
    row.add(text(at.partition()));
    row.add(text(at.offset()));
    row.addAll(columns);
    return row;
  }

  static List<@Nullable String> command(OrderCommand c) {
    return columns(
        c.shop(),
        c.orderNo(),
        c.commandId(),
        text(c.kind()),
        c.actor(),
        text(c.amountDueMinor()),
        c.currency(),
        text(c.expectedVersion()),
        c.exceptionId(),
        text(c.exceptionRevision()),
        c.reason(),
        time(c.issuedAt()));
  }

  static List<@Nullable String> outcome(CommandOutcome o) {
    return columns(
        o.shop(),
        o.orderNo(),
        o.commandId(),
        text(o.kind()),
        o.actor(),
        text(o.result()),
        o.reason(),
        time(o.at()),
        o.source().topic(),
        text(o.source().partition()),
        text(o.source().offset()));
  }

  static List<@Nullable String> delivery(PaymentNotification n) {
    PaymentFact payment = n.payment();
    RefundFact refund = n.refund();
    Observation answer = n.observation();
    String transaction = null;
    String amount = null;
    String currency = null;
    if (payment != null) {
      transaction = payment.transactionId();
      amount = text(payment.amountMinor());
      currency = payment.currency();
    } else if (refund != null) {
      transaction = refund.transactionId();
      amount = text(refund.amountMinor());
      currency = refund.currency();
    }
    return columns(
        n.deliveryId(),
        n.provider(),
        n.account(),
        n.protocol(),
        n.shop(),
        n.orderNo(),
        text(n.kind()),
        n.eventType(),
        n.notificationId(),
        text(n.authentication()),
        text(n.witness()),
        n.evidence().keyId(),
        time(n.receivedAt()),
        transaction,
        refund == null ? null : refund.refundId(),
        refund == null ? null : text(refund.outcome()),
        amount,
        currency,
        answer == null ? null : answer.requestId(),
        answer == null ? null : text(answer.attempt()),
        answer == null ? null : text(answer.answer()),
        detail(n));
  }

  // Who wrote it again and why; else what an answer said.
  private static @Nullable String detail(PaymentNotification n) {
    Resubmission again = n.resubmitted();
    if (again != null) {
      return again.words();
    }
    Observation answer = n.observation();
    return answer == null ? null : answer.detail();
  }

  static List<@Nullable String> request(ProviderRequest r) {
    return columns(
        r.requestId(),
        text(r.attempt()),
        text(r.kind()),
        r.shop(),
        r.orderNo(),
        r.provider(),
        r.account(),
        r.transactionId(),
        r.refundNo(),
        text(r.amountMinor()),
        text(r.paymentMinor()),
        r.currency(),
        r.reason(),
        text(r.orderVersion()),
        time(r.requestedAt()),
        time(r.until()),
        combination(r.combined()));
  }

  static List<@Nullable String> deadLetter(DeadLetter d) {
    RecordCoordinates source = d.source();
    String order = order(d);
    return columns(
        text(d.reason()),
        d.detail(),
        order == null ? null : order.substring(0, order.indexOf(':')),
        order == null ? null : order.substring(order.indexOf(':') + 1),
        d.origin(),
        source == null ? null : source.topic(),
        source == null ? null : text(source.partition()),
        source == null ? null : text(source.offset()),
        time(d.at()));
  }

  static List<@Nullable String> redrive(DeadLetterRedrive r) {
    return columns(
        text(r.deadLetter().partition()),
        text(r.deadLetter().offset()),
        r.source().topic(),
        text(r.source().partition()),
        text(r.source().offset()),
        r.actor(),
        r.why(),
        text(r.times()),
        time(r.at()));
  }

  static List<@Nullable String> rejection(RejectedCallback r) {
    return columns(
        r.deliveryId(),
        r.protocol(),
        r.account(),
        text(r.rejection()),
        r.explanation(),
        r.bodySha256(),
        text(r.bodyBytes()),
        time(r.at()));
  }

  // shop:order_no, where the record had such a key; not where it is anything else.
  private static @Nullable String order(DeadLetter letter) {
    RawBytes key = letter.key();
    if (key == null || !KEYED_BY_ORDER.contains(letter.origin())) {
      return null;
    }
    String text = new String(key.bytes(), UTF_8);
    int colon = text.indexOf(':');
    boolean isWhole = Arrays.equals(text.getBytes(UTF_8), key.bytes());
    return isWhole && isPart(text, 0, colon, 64) && isPart(text, colon + 1, text.length(), 128)
        ? text
        : null;
  }

  private static boolean isPart(String text, int from, int to, int longest) {
    if (to < from || to - from > longest) {
      return false;
    }
    String part = text.substring(from, to);
    return !part.isBlank() && part.chars().noneMatch(Character::isISOControl);
  }

  private static List<@Nullable String> columns(@Nullable String... columns) {
    return Arrays.asList(columns);
  }
}
