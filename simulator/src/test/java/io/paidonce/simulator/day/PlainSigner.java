package io.paidonce.simulator.day;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.util.Map;

/** Writes its name in place of a signature: what is told here is when, not by whom. */
record PlainSigner(String name) implements CallbackSigner {

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return said("paid " + payment.orderNo() + " " + payment.amountMinor());
  }

  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    return said(
        "refund "
            + refund.payment().orderNo()
            + " "
            + refund.merchantRefundNo()
            + " "
            + refund.outcome());
  }

  @Override
  public SignedCallback closed(PaidNotice unpaid, Instant sentAt) {
    return said("closed " + unpaid.orderNo());
  }

  private SignedCallback said(String text) {
    return new SignedCallback(Map.of("Signed-By", name), RawBytes.of(text.getBytes(UTF_8)));
  }
}
