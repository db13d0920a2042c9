package io.paidonce.providers.hmac;

import com.fasterxml.jackson.core.JsonPointer;
import io.paidonce.contract.Money;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Content} of settings. */
final class ContentCheck {

  private static final int MOST_EVENTS = 64;
  private static final int MOST_STATUSES = 64;
  private static final int LONGEST_POINTER = 256;
  // What stands for a field that was reported; nothing is read by it.
  private static final JsonPointer NOWHERE = JsonPointer.empty();

  private ContentCheck() {}

  /** The content; empty exactly when a problem was reported. */
  static Optional<Content> content(Optional<HmacContent> settings, Problems problems) {
    if (settings.isEmpty()) {
      problems.add("is missing; say which fields hold order, amount and status.");
      return Optional.empty();
    }
    int before = problems.lines().size();
    HmacContent content = settings.get();
    String format = content.format() == null ? "json" : content.format();
    if (!format.equals("json") && !format.equals("form")) {
      problems.in("format").add("must be json or form.");
    }
    JsonPointer status = required("status", content.status(), problems);
    JsonPointer eventType = optional("eventType", content.eventType(), problems);
    JsonPointer notificationId = optional("notificationId", content.notificationId(), problems);
    List<Event> events = events(content.events(), problems.in("events"));
    return problems.lines().size() == before
        ? Optional.of(
            new Content(
                format.equals("form"),
                status,
                eventType == null ? status : eventType,
                notificationId,
                events))
        : Optional.empty();
  }

  private static List<Event> events(List<HmacEvent> settings, Problems problems) {
    if (settings.isEmpty() || settings.size() > MOST_EVENTS) {
      problems.add("must be 1 to " + MOST_EVENTS + "; say which statuses mean paid.");
    }
    List<Event> events = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < settings.size(); i++) {
      Problems here = problems.at(i);
      HmacEvent event = settings.get(i);
      checkStatuses(event.statuses(), seen, here.in("statuses"));
      events.add(event(event, here));
    }
    return events;
  }

  private static void checkStatuses(List<String> statuses, Set<String> seen, Problems problems) {
    if (statuses.isEmpty() || statuses.size() > MOST_STATUSES) {
      problems.add("must be 1 to " + MOST_STATUSES + " texts.");
    }
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i).isBlank() || !seen.add(statuses.get(i))) {
        problems.at(i).add("is blank, or means something already.");
      }
    }
  }

  private static Event event(HmacEvent event, Problems here) {
    RefundOutcome outcome =
        switch (event.means()) {
          case "refunded" -> RefundOutcome.SUCCEEDED;
          case "refund-failed" -> RefundOutcome.CLOSED;
          default -> null;
        };
    boolean refund = outcome != null;
    if (!refund && !event.means().equals("paid")) {
      here.in("means").add("must be paid, refunded or refund-failed.");
    }
    JsonPointer amount = optional("amount", event.amount(), here);
    JsonPointer total = optional("refundedTotal", event.refundedTotal(), here);
    checkAmounts(event, refund, here);
    checkPayee(event, refund, here);
    String unit = event.amountUnit() == null ? "minor" : event.amountUnit();
    if (!unit.equals("minor") && !unit.equals("major")) {
      here.in("amountUnit").add("must be minor (cents, fen) or major (12.34).");
    }
    boolean fixed = event.currency() != null && !event.currency().startsWith("/");
    return new Event(
        event.statuses(),
        outcome,
        required("orderNo", event.orderNo(), here),
        required("transactionId", event.transactionId(), here),
        amount,
        total,
        unit.equals("major"),
        fixed ? null : required("currency", event.currency(), here),
        fixed ? fixedCurrency(event.currency(), here) : "",
        optional("occurredAt", event.occurredAt(), here),
        optional("payee", event.payee(), here),
        event.expectedPayee(),
        optional("refundId", event.refundId(), here),
        optional("merchantRefundNo", event.merchantRefundNo(), here),
        optional("paymentAmount", event.paymentAmount(), here));
  }

  private static void checkAmounts(HmacEvent event, boolean refund, Problems here) {
    if (!refund) {
      if (event.amount() == null) {
        here.in("amount").add("is missing; say which field holds what was paid.");
      }
      if (event.refundedTotal() != null
          || event.refundId() != null
          || event.merchantRefundNo() != null
          || event.paymentAmount() != null) {
        here.add(
            "refundedTotal, refundId, merchantRefundNo and paymentAmount belong to means:"
                + " refunded.");
      }
    } else if (event.means().equals("refund-failed") && event.refundedTotal() != null) {
      here.in("refundedTotal")
          .add("can't say which refund failed; give refundId and amount, what it was to return.");
    } else if ((event.amount() == null) == (event.refundedTotal() == null)) {
      here.add("give amount (of this refund) or refundedTotal (of all so far), one of the two.");
    } else if (event.amount() != null && event.refundId() == null) {
      here.in("refundId")
          .add("is missing; without it, two refunds of the same amount would be one.");
    }
  }

  private static void checkPayee(HmacEvent event, boolean refund, Problems here) {
    if ((event.payee() == null) != (event.expectedPayee() == null)) {
      here.in(event.payee() == null ? "payee" : "expectedPayee")
          .add("is missing; payee and expectedPayee go together.");
    }
    if (refund && event.payee() != null) {
      here.in("payee").add("belongs to means: paid; a refund has none.");
    }
  }

  private static String fixedCurrency(@Nullable String code, Problems here) {
    try {
      return Money.of(0, String.valueOf(code)).currency();
    } catch (IllegalArgumentException e) {
      here.in("currency").add("must be a field (/currency) or an ISO 4217 code (EUR).");
      return "";
    }
  }

  private static JsonPointer required(String field, @Nullable String text, Problems problems) {
    if (text == null) {
      problems.in(field).add("is missing; give the field as a JSON pointer such as /data/id.");
      return NOWHERE;
    }
    JsonPointer pointer = optional(field, text, problems);
    return pointer == null ? NOWHERE : pointer;
  }

  private static @Nullable JsonPointer optional(
      String field, @Nullable String text, Problems problems) {
    if (text == null) {
      return null;
    }
    // An empty pointer is the whole body.
    if (!text.startsWith("/") || text.length() > LONGEST_POINTER) {
      problems.in(field).add("must be a JSON pointer such as /data/id.");
      return null;
    }
    return JsonPointer.compile(text);
  }
}
