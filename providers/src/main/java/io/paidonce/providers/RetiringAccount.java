package io.paidonce.providers;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account some of whose keys are accepted until a stated time only. Judged after the signature,
 * by the key that verified it: whatever the provider, a message can't choose another. What is
 * stored is judged by the time at which it was received, so that what came in time stays good.
 *
 * @param ends the last moment of a key, by its id
 */
public record RetiringAccount(Account account, Map<String, Instant> ends) implements Account {

  public RetiringAccount {
    ends = Map.copyOf(ends);
  }

  @Override
  public String id() {
    return account.id();
  }

  @Override
  public String shop() {
    return account.shop();
  }

  @Override
  public List<AccountKey> keys() {
    return account.keys().stream()
        .map(
            key -> {
              Instant end = ends.get(key.id());
              return end == null ? key : key.endingAt(end);
            })
        .toList();
  }

  @Override
  public Optional<KeyDownload> keyDownload() {
    return account.keyDownload();
  }

  @Override
  public List<String> warnings() {
    return account.warnings();
  }

  @Override
  public Optional<String> keyNamedIn(CallbackRequest request) {
    return account.keyNamedIn(request);
  }

  @Override
  public Optional<CallbackAnswer> accepted() {
    return account.accepted();
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    return inTime(account.receive(request), request);
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    return inTime(account.receiveAnswer(answer), answer);
  }

  @Override
  public Optional<RawBytes> decrypted(PaymentNotification stored) {
    return account.decrypted(stored);
  }

  @Override
  public Verdict judgeAgain(PaymentNotification stored) {
    return inTime(account.judgeAgain(stored), CallbackRequest.replayOf(stored));
  }

  private Verdict inTime(Verdict verdict, CallbackRequest request) {
    String key = verdict.keyId();
    Instant end = ends.get(key);
    if (end == null || !request.receivedAt().isAfter(end)) {
      return verdict;
    }
    return new Verdict.Refused(
        Rejection.KEY_RETIRED,
        "the signature of key "
            + key
            + " holds, but account "
            + id()
            + " accepts that key until "
            + end
            + " only; if the provider still signs with it, move acceptUntil in"
            + " gateway.retiringKeys");
  }
}
