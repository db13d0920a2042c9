package io.paidonce.reconciler.proof;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.EvidenceCheck.Judgement;
import io.paidonce.reconciler.proof.Contents.Kept;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether notifications are what providers signed, by the public keys of a bundle alone. */
final class OriginCheck {

  private static final EvidenceCheck NO_ACCOUNT = new EvidenceCheck(Map.of());

  private final Map<String, ProofAccount> accounts = new HashMap<>();
  private final Findings findings;
  private long signed;

  OriginCheck(List<ProofAccount> accounts, Findings findings) {
    accounts.forEach(
        account ->
            this.accounts.put(EvidenceCheck.name(account.protocol(), account.id()), account));
    this.findings = findings;
  }

  void check(Contents contents) {
    contents.notifications.values().forEach(this::check);
    findings.holds(
        signed, "notifications are what their provider signed, by the public keys in the bundle");
  }

  private void check(Kept<PaymentNotification> kept) {
    PaymentNotification told = kept.value();
    if (told.authentication() == Authentication.OWN) {
      Judgement own = NO_ACCOUNT.judge(told);
      own.fault().ifPresent(why -> findings.faults.add(kept.at() + ": " + why));
      findings.limits.add(kept.at() + " is our own word on what came of asking; no evidence");
      return;
    }
    ProofAccount account = accounts.get(EvidenceCheck.name(told.protocol(), told.account()));
    if (account == null) {
      findings.faults.add(kept.at() + ": its account is not in the bundle");
      return;
    }
    switch (account.evidence()) {
      case PUBLIC_KEYS -> judge(kept, account);
      case SYMMETRIC, UNKNOWN -> findings.untold.add(kept.at() + ": " + account.words());
    }
  }

  private void judge(Kept<PaymentNotification> kept, ProofAccount account) {
    Judgement judgement;
    try {
      judgement = EvidenceCheck.judge(account.open(kept.decrypted()), kept.value());
    } catch (BadBundleException e) {
      findings.faults.add(String.valueOf(e.getMessage()));
      return;
    }
    if (judgement.fault().isPresent()) {
      (judgement.isUntold() ? findings.untold : findings.faults)
          .add(kept.at() + ": " + judgement.fault().get());
      return;
    }
    signed++;
    if (kept.decrypted().isPresent()) {
      findings.limits.add(
          kept.at()
              + ": the provider signed the ciphertext. What it says is in decrypted.json, as it was"
              + " decrypted when the bundle was made (AES-256-GCM, whose tag held); that both"
              + " belong together, only whoever has the merchant's APIv3 key can check");
    }
  }
}
