package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.providers.EvidenceCheck;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** The whole check, once: come to rest, read everything afresh, recompute, compare, report. */
public final class Verification {

  private Verification() {}

  /**
   * Checks a running system that gets no more load.
   *
   * @throws IllegalArgumentException if an account can't be opened, naming every problem
   * @throws IllegalStateException if Kafka or PostgreSQL does not answer
   * @throws java.io.UncheckedIOException if the journal can't be read
   */
  public static Report run(VerifierConfig config) {
    return run(config, sentence -> {});
  }

  /**
   * As {@link #run(VerifierConfig)}.
   *
   * @param says is told on what is waited, a sentence now and then
   */
  public static Report run(VerifierConfig config, Consumer<String> says) {
    return run(config, EvidenceCheck.of(config.accounts()), says);
  }

  static Report run(VerifierConfig config, EvidenceCheck evidence, Consumer<String> says) {
    Findings findings = new Findings();
    try (KafkaLog log = new KafkaLog(config.bootstrapServers())) {
      Quiescence.await(config, log, findings, says);
      // First, and forgotten when the rest begins: each of the two takes as much memory as there
      // is.
      if (config.readStore() != null) {
        ProjectionCheck.run(config.readStore(), log, findings);
      }
      return judge(
          log,
          evidence,
          config.journal(),
          config.readStore() != null,
          config.startedAt(),
          findings);
    } catch (RetriableException e) {
      throw new IllegalStateException(
          "Kafka at "
              + config.bootstrapServers()
              + " stopped answering while its topics were read: "
              + e.getMessage()
              + ". Start the broker that is away and verify again",
          e);
    }
  }

  /**
   * Everything but waiting and the read store.
   *
   * @param now by when providers must have been asked
   */
  static Report judge(
      Log log,
      EvidenceCheck evidence,
      @Nullable Path journalPath,
      boolean readStoreChecked,
      Instant now,
      Findings findings) {
    JournalFile journal = journalPath == null ? null : JournalFile.read(journalPath, findings);
    Facts facts = new Facts(evidence, journal, findings);
    facts.read(log);
    Outputs outputs = new Outputs(facts, findings);
    outputs.read(log);
    return conclude(readStoreChecked, journal, facts, outputs, now, findings);
  }

  private static Report conclude(
      boolean readStoreChecked,
      @Nullable JournalFile journal,
      Facts facts,
      Outputs outputs,
      Instant now,
      Findings findings) {
    Map<OrderKey, Map<ExceptionKind, Integer>> open = outputs.open();
    Long sent = null;
    Long acknowledged = null;
    if (journal != null) {
      sent = journal.sent();
      acknowledged = journal.acknowledgedCount();
      journal.conclude();
    }
    open.keySet().forEach(facts::order);
    long placed = 0;
    long paid = 0;
    long refunded = 0;
    SortedMap<String, Sums> money = new TreeMap<>();
    OrderCheck check = new OrderCheck(findings);
    for (OrderFile file : facts.orders()) {
      Expectation expected = check.check(file, open.getOrDefault(file.order(), Map.of()), outputs);
      for (ProviderRequest request : file.enquiries().unanswered(now)) {
        findings.add(
            Fault.UNANSWERED,
            request.requestId()
                + ", attempt "
                + request.attempt()
                + " of order "
                + file.order()
                + " has no answer; is a reconciler running?");
      }
      file.moneyByProvider().forEach((of, sums) -> money.merge(of, sums, Sums::plus));
      placed += expected.dueMinor() != null ? 1 : 0;
      paid += file.paid() != null ? 1 : 0;
      refunded += file.refunded() != null ? 1 : 0;
    }
    Undisposed.check(facts, findings);
    return new Report(
        sent,
        acknowledged,
        facts.rawRecords(),
        placed,
        paid,
        refunded,
        facts.deadLetters(),
        readStoreChecked,
        findings.counts(),
        byKind(open),
        Report.lines(money),
        findings.sentences());
  }

  private static SortedMap<ExceptionKind, Long> byKind(
      Map<OrderKey, Map<ExceptionKind, Integer>> open) {
    SortedMap<ExceptionKind, Long> byKind = new TreeMap<>();
    open.values()
        .forEach(
            kinds -> kinds.forEach((kind, count) -> byKind.merge(kind, (long) count, Long::sum)));
    return byKind;
  }
}
