package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Standing;
import io.paidonce.providers.UnreadableContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What the signed answer to a query says. The same content is read the same way whatever was asked;
 * whether it is about what was asked is judged before.
 *
 * @param word the provider's own word for the state
 * @param facts none where it states none
 */
record AnswerContent(Standing standing, String word, List<Statement> facts) {

  private static final int MOST_REFUNDS = 50;
  private static final String REFUND_NO = "out_refund_no_";

  /** Of a message that {@link Message#isSuccess}. */
  static AnswerContent read(Message answer, Hearing hearing) throws UnreadableContentException {
    return count(answer) > 0 ? refunds(answer, hearing) : order(answer, hearing);
  }

  /** The number that an answer counts one of our refunds under; empty where it does not name it. */
  static OptionalInt numberOf(String refundNo, Message answer) throws UnreadableContentException {
    return IntStream.range(0, count(answer))
        .filter(n -> answer.text(REFUND_NO + n).filter(refundNo::equals).isPresent())
        .findFirst();
  }

  /** Where one of the refunds that an answer counts stands. */
  static Standing standing(Message answer, int number) throws UnreadableContentException {
    String status = answer.required("refund_status_" + number);
    if (Statement.outcome(status).isPresent()) {
      return Standing.REFUND_SETTLED;
    }
    return status.equals("PROCESSING") ? Standing.REFUND_PENDING : Standing.UNCLEAR;
  }

  List<PaymentNotification> notifications(
      CallbackRequest answer, Hearing hearing, Evidence evidence)
      throws UnreadableContentException {
    List<PaymentNotification> notifications = new ArrayList<>();
    for (Statement said : facts) {
      notifications.add(said.notification(word, Authentication.SIGNED, answer, hearing, evidence));
    }
    return notifications;
  }

  private static AnswerContent order(Message answer, Hearing hearing)
      throws UnreadableContentException {
    String state = answer.required("trade_state");
    answer.required("out_trade_no");
    Standing standing = ofTrade(state);
    // Of states other than SUCCESS the provider promises the order number and nothing else: that
    // it was paid can only be told by whoever tells which payment it was.
    if (standing == Standing.PAID_AND_REFUNDED && answer.text("transaction_id").isEmpty()) {
      standing = Standing.UNCLEAR;
    }
    return new AnswerContent(
        standing,
        state,
        standing.answer().isEmpty() ? List.of(Statement.paid(answer, hearing)) : List.of());
  }

  private static AnswerContent refunds(Message answer, Hearing hearing)
      throws UnreadableContentException {
    List<Statement> facts = new ArrayList<>();
    for (int number = 0; number < count(answer); number++) {
      RefundOutcome outcome =
          Statement.outcome(answer.required("refund_status_" + number)).orElse(null);
      if (outcome != null) {
        facts.add(Statement.refunded(answer, number, outcome, hearing));
      }
    }
    return new AnswerContent(
        facts.isEmpty() ? Standing.UNCLEAR : Standing.REFUND_SETTLED,
        answer.required("refund_status_0"),
        facts);
  }

  // How many refunds it is about; none where it is about an order.
  private static int count(Message answer) throws UnreadableContentException {
    int count = 0;
    while (answer.text(REFUND_NO + count).isPresent()) {
      count++;
      if (count > MOST_REFUNDS) {
        throw new UnreadableContentException(
            "the answer names more than " + MOST_REFUNDS + " refunds");
      }
    }
    return count;
  }

  private static Standing ofTrade(String tradeState) {
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
