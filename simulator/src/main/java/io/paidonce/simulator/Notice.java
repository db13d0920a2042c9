package io.paidonce.simulator;

import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;

/** What a provider tells of in one callback. A value, so that a plan can be compared. */
public sealed interface Notice {

  /** The payment it is about; of a combined one the first. */
  PaidNotice payment();

  /** The callback of one delivery; a retry is signed anew. */
  SignedCallback signed(CallbackSigner signer, Instant sentAt);

  /** An order was paid. */
  record Paid(PaidNotice payment) implements Notice {
    @Override
    public SignedCallback signed(CallbackSigner signer, Instant sentAt) {
      return signer.payment(payment, sentAt);
    }
  }

  /** Several orders were paid at once. */
  record PaidTogether(CombinedNotice combined) implements Notice {
    @Override
    public PaidNotice payment() {
      return combined.payments().get(0);
    }

    @Override
    public SignedCallback signed(CallbackSigner signer, Instant sentAt) {
      return signer.combined(combined, sentAt);
    }
  }

  /** A refund came to an end, or got stuck. */
  record Refunded(RefundNotice refund) implements Notice {
    @Override
    public PaidNotice payment() {
      return refund.payment();
    }

    @Override
    public SignedCallback signed(CallbackSigner signer, Instant sentAt) {
      return signer.refund(refund, sentAt);
    }
  }

  /** The time for refunds is over. */
  record Finished(PaidNotice payment) implements Notice {
    @Override
    public SignedCallback signed(CallbackSigner signer, Instant sentAt) {
      return signer.finished(payment, sentAt);
    }
  }

  /** Nobody paid in time. The payment is what it would have been. */
  record ClosedUnpaid(PaidNotice payment) implements Notice {
    @Override
    public SignedCallback signed(CallbackSigner signer, Instant sentAt) {
      return signer.closed(payment, sentAt);
    }
  }
}
