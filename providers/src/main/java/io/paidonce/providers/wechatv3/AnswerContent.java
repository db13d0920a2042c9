package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Standing;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the signed answer to a query says. The same content is read the same way whatever was asked;
 * whether it is about what was asked is judged before, by {@link io.paidonce.providers.Subject}.
 *
 * @param word the provider's own word for the state
 * @param facts none where it states none
 */
record AnswerContent(Standing standing, String word, List<Statement> facts) {

  static AnswerContent read(JsonNode answer, Hearing hearing) throws UnreadableContentException {
    if (answer.has("combine_out_trade_no")) {
      return combined(answer, hearing);
    }
    return answer.has("out_refund_no") ? refund(answer, hearing) : order(answer, hearing);
  }

  List<PaymentNotification> notifications(
      CallbackRequest answer, Hearing hearing, Evidence evidence)
      throws UnreadableContentException {
    List<PaymentNotification> notifications = new ArrayList<>();
    for (Statement said : facts) {
      notifications.add(said.notification(word, null, answer, hearing, evidence));
    }
    return notifications;
  }

  /** The facts, or that nothing in it is one; for judging stored evidence again. */
  List<PaymentNotification> orUnrecognised(
      JsonNode content, CallbackRequest answer, Hearing hearing, Evidence evidence)
      throws UnreadableContentException {
    return facts.isEmpty()
        ? List.of(
            Statement.unrecognised(content).notification(word, null, answer, hearing, evidence))
        : notifications(answer, hearing, evidence);
  }

  private static AnswerContent order(JsonNode answer, Hearing hearing)
      throws UnreadableContentException {
    String state = StrictJson.text(answer, "trade_state");
    Standing standing = standing(state);
    String orderNo = StrictJson.text(answer, "out_trade_no");
    return new AnswerContent(
        standing,
        state,
        isPaid(standing)
            ? List.of(Statement.paid(orderNo, Transaction.payment(answer, hearing)))
            : List.of());
  }

  // There is no state of the whole. Money that came is told, whatever the other sub orders say;
  // short of that, only what all of them say is said of the whole.
  private static AnswerContent combined(JsonNode answer, Hearing hearing)
      throws UnreadableContentException {
    List<Statement> facts = new ArrayList<>();
    Set<Standing> standings = EnumSet.noneOf(Standing.class);
    Set<String> states = new TreeSet<>();
    for (JsonNode subOrder : CombinedPayment.subOrders(answer)) {
      String state = StrictJson.text(subOrder, "trade_state");
      Standing standing = standing(state);
      states.add(state);
      standings.add(standing);
      if (isPaid(standing)) {
        facts.add(CombinedPayment.paid(subOrder, answer, hearing));
      }
    }
    Standing whole = standings.size() == 1 ? standings.iterator().next() : Standing.UNCLEAR;
    if (!facts.isEmpty() && !isPaid(whole)) {
      whole = Standing.PAID;
    }
    return new AnswerContent(whole, String.join(",", states), facts);
  }

  private static AnswerContent refund(JsonNode answer, Hearing hearing)
      throws UnreadableContentException {
    Refund.refuseStrangers(answer, hearing.config());
    String status = StrictJson.text(answer, "status");
    RefundOutcome outcome = Refund.outcome(status).orElse(null);
    if (outcome != null) {
      return new AnswerContent(
          Standing.REFUND_SETTLED, status, List.of(Refund.told(answer, outcome, hearing)));
    }
    return new AnswerContent(
        status.equals("PROCESSING") ? Standing.REFUND_PENDING : Standing.UNCLEAR,
        status,
        List.of());
  }

  private static boolean isPaid(Standing standing) {
    return standing == Standing.PAID || standing == Standing.PAID_AND_REFUNDED;
  }

  private static Standing standing(String tradeState) {
    return switch (tradeState) {
      case "SUCCESS" -> Standing.PAID;
      // Also where only a part went back, and where it is still going: it was paid.
      case "REFUND" -> Standing.PAID_AND_REFUNDED;
      case "NOTPAY" -> Standing.UNPAID;
      case "USERPAYING", "ACCEPT" -> Standing.PAYING;
      case "PAYERROR" -> Standing.PAY_FAILED;
      case "CLOSED" -> Standing.CLOSED;
      // REVOKED: reversed at a till, unpaid or paid and given back; it does not say which.
      default -> Standing.UNCLEAR;
    };
  }
}
