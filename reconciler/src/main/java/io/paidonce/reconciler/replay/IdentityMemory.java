package io.paidonce.reconciler.replay;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.ledger.CommandReceipt;
import io.paidonce.ledger.Reception;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What intake remembers of the identities of one partition, as far as it decides anything: how
 * often and by which keys a notification came is left out.
 */
public final class IdentityMemory {

  private static final RecordCoordinates NOWHERE = new RecordCoordinates("", 0, 0);

  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * One identity.
   *
   * @param shop of its first notification; empty for a command, which names its order itself
   * @param firstMs brokers' clock at the first
   * @param firstConflictAt absent while there is none
   */
  public record Entry(
      String shop,
      @Nullable String orderNo,
      String fingerprint,
      long firstMs,
      long conflicts,
      @Nullable Instant firstConflictAt) {}

  /** What is remembered of an identity. */
  public @Nullable Entry find(String identity) {
    return entries.get(identity);
  }

  /** The same as intake knows it. */
  public NotificationReceipt receipt(String identity, Entry known) {
    Instant first = Instant.ofEpochMilli(known.firstMs());
    return new NotificationReceipt(
        NotificationReceipt.SCHEMA,
        identity,
        known.shop(),
        known.orderNo(),
        known.fingerprint(),
        1 + known.conflicts(),
        known.conflicts(),
        known.firstConflictAt(),
        first,
        first,
        List.of(),
        List.of(),
        NOWHERE,
        1);
  }

  /** The same of a command. */
  public CommandReceipt commandReceipt(Entry known, RecordCoordinates at) {
    return new CommandReceipt(known.fingerprint(), at, known.conflicts(), known.firstConflictAt());
  }

  /** Keeps what intake would remember from now on. */
  public void keep(String identity, @Nullable Entry known, Reception<?> reception, long nowMs) {
    if (reception instanceof Reception.Duplicate<?>) {
      return;
    }
    long firstMs = known == null ? nowMs : known.firstMs();
    Object receipt = reception.receipt();
    if (receipt instanceof NotificationReceipt of) {
      entries.put(
          identity,
          new Entry(
              of.shop(),
              of.orderNo(),
              of.fingerprint(),
              firstMs,
              of.conflicts(),
              of.firstConflictAt()));
    } else {
      CommandReceipt of = (CommandReceipt) requireNonNull(receipt);
      entries.put(
          identity,
          new Entry("", null, of.fingerprint(), firstMs, of.conflicts(), of.firstConflictAt()));
    }
  }
}
