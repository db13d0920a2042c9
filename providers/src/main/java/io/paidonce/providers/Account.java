package io.paidonce.providers;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import java.util.List;
import java.util.Optional;

/** One contract at one provider with its keys, ready to judge what is sent to it. Thread-safe. */
public interface Account {

  /** The provider's own id of the contract. */
  String id();

  /** The one shop it belongs to. */
  String shop();

  /**
   * The keys that its callbacks may be signed with, as evidence names them. A pinned certificate is
   * listed with its last day, though it goes by no dates: somebody should replace it before.
   */
  default List<AccountKey> keys() {
    return List.of();
  }

  /**
   * What an operator should know of it though it works, one sentence each; said when it begins to
   * be served.
   */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * The key that a request says it was signed with, whether or not it is one of {@link #keys()};
   * empty where it names none. Nobody has signed that: it is for explanations.
   */
  default Optional<String> keyNamedIn(CallbackRequest request) {
    return Optional.empty();
  }

  /** Where its provider hands out keys itself: how they are downloaded while it is served. */
  default Optional<KeyDownload> keyDownload() {
    return Optional.empty();
  }

  /**
   * Verifies over the untouched bytes, then decrypts, then normalises; nothing is parsed before the
   * signature holds, except what the signature's own rule needs.
   *
   * <p>Never throws for bad input: every such case is a {@link Verdict}.
   */
  Verdict receive(CallbackRequest request);

  /** The success answer, where it is this account's own and not its protocol's. */
  default Optional<CallbackAnswer> accepted() {
    return Optional.empty();
  }

  /**
   * Judges a signed answer to a question of ours by the same rules, whatever the question was. Of a
   * notification with witness QUERY, this is what its evidence says. A provider that can't be asked
   * answers nothing.
   */
  default Verdict receiveAnswer(CallbackRequest answer) {
    return new Verdict.Refused(
        Rejection.MALFORMED_REQUEST, "account " + id() + " is of a protocol that answers nothing");
  }

  /**
   * What the body of stored evidence says once decrypted; empty where it is not encrypted, or none
   * of this account's keys fits any more.
   */
  default Optional<RawBytes> decrypted(PaymentNotification stored) {
    return Optional.empty();
  }

  /** Judges a stored notification again, by its evidence alone. */
  default Verdict judgeAgain(PaymentNotification stored) {
    CallbackRequest replay = CallbackRequest.replayOf(stored);
    return switch (stored.witness()) {
      case CALLBACK -> receive(replay);
      case QUERY -> receiveAnswer(replay);
    };
  }
}
