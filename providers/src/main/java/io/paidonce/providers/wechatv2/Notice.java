package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import java.util.List;

/**
 * What a callback says.
 *
 * @param word the provider's own word for it
 */
record Notice(Statement statement, String word, Authentication authentication) {

  // One key signs everything: an answer of the provider's, sent here by somebody, verifies too.
  // These are what only answers have.
  private static final List<String> OF_ANSWERS =
      List.of("trade_state", "out_refund_no", "refund_id", "out_refund_no_0");

  /** Of a payment's notice, whose signature held. */
  static Notice payment(Message notice, Hearing hearing) throws UnreadableContentException {
    for (String name : OF_ANSWERS) {
      if (notice.text(name).isPresent()) {
        throw new UnreadableContentException(
            name + " belongs to the answer to a question, not to a payment's notice");
      }
    }
    if (!notice.isTransported()) {
      throw new UnreadableContentException("return_code is not SUCCESS, so it states nothing");
    }
    if (!notice.isSuccess()) {
      return new Notice(
          Statement.unrecognised(notice),
          notice.text("err_code").orElse("FAIL"),
          Authentication.SIGNED);
    }
    // Every notice of a payment has it, and hardly an answer.
    notice.required("time_end");
    return new Notice(
        Statement.paid(notice, hearing), notice.required("result_code"), Authentication.SIGNED);
  }

  /**
   * Of a refund's notice. Nothing of it is signed: it is a reason to ask.
   *
   * @param outer the fields around the encrypted part
   * @param refund that part, decrypted
   */
  static Notice refund(Message outer, Message refund, Hearing hearing)
      throws UnreadableContentException {
    String status = refund.required("refund_status");
    RefundOutcome outcome = Statement.outcome(status).orElse(null);
    return new Notice(
        outcome == null
            ? Statement.unrecognised(refund)
            : Statement.refundNoticed(outer, refund, outcome, hearing),
        "REFUND." + status,
        Authentication.UNSIGNED);
  }

  PaymentNotification notification(CallbackRequest request, Hearing hearing, Evidence evidence)
      throws UnreadableContentException {
    return statement.notification(word, authentication, request, hearing, evidence);
  }
}
