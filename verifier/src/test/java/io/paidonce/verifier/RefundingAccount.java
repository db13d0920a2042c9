package io.paidonce.verifier;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An account that also knows callbacks which a test made up: what a body says is what the test said
 * it says. All else goes to the real one.
 */
final class RefundingAccount implements Account {

  private final Account real;
  private final Map<RawBytes, List<PaymentNotification>> madeUp = new HashMap<>();

  RefundingAccount(Account real) {
    this.real = real;
  }

  void says(RawBytes body, List<PaymentNotification> facts) {
    madeUp.put(body, facts);
  }

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public String shop() {
    return real.shop();
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    List<PaymentNotification> facts = madeUp.get(request.body());
    return facts == null ? real.receive(request) : new Verdict.Authentic(facts);
  }
}
