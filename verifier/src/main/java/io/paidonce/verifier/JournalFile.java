package io.paidonce.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a generator of load wrote down: which attempts it made and which were answered with success.
 * Only those oblige: anything else may or may not be stored.
 */
final class JournalFile {

  // Made to be accepted; every other kind is made to be refused.
  private static final Set<String> GOOD = Set.of("payment", "refund");

  private final Path path;
  private final Findings findings;
  private final Set<BodyHash> owed = new HashSet<>();
  // Of callbacks with several facts, those that are stored; kept until all are.
  private final Map<BodyHash, BitSet> partly = new HashMap<>();
  private long sent;
  private long acknowledged;

  private record Attempt(String kind, String bodySha256, String name) {}

  private JournalFile(Path path, Findings findings) {
    this.path = path;
    this.findings = findings;
  }

  /** Reads a journal; acknowledged forgeries and probes are findings at once. */
  static JournalFile read(Path path, Findings findings) {
    JournalFile journal = new JournalFile(path, findings);
    journal.scan(journal::acknowledged);
    return journal;
  }

  long sent() {
    return sent;
  }

  long acknowledgedCount() {
    return acknowledged;
  }

  /** A body of this hash is stored with all that it says. */
  void stored(BodyHash hash) {
    owed.remove(hash);
  }

  /**
   * One of the facts of a body is stored. Of an acknowledged one all must be, by whatever delivery.
   */
  void stored(BodyHash hash, int fact, int facts) {
    if (facts == 1) {
      stored(hash);
    } else if (owed.contains(hash)) {
      BitSet stored = partly.computeIfAbsent(hash, h -> new BitSet(facts));
      stored.set(fact);
      if (stored.cardinality() == facts) {
        stored(hash);
        partly.remove(hash);
      }
    }
  }

  /** To be called when everything stored was shown: what is still owed is lost. */
  void conclude() {
    if (owed.isEmpty()) {
      return;
    }
    sent = 0;
    scan(
        attempt -> {
          BodyHash hash = BodyHash.parse(attempt.bodySha256());
          if (GOOD.contains(attempt.kind()) && owed.contains(hash)) {
            BitSet stored = partly.get(hash);
            findings.add(
                Fault.LOST,
                attempt.name()
                    + " was acknowledged, and "
                    + (stored == null
                        ? "its body is not in the log"
                        : "of its facts only " + stored.cardinality() + " are in the log"));
          }
        });
  }

  private void acknowledged(Attempt attempt) {
    acknowledged++;
    if (GOOD.contains(attempt.kind())) {
      owed.add(BodyHash.parse(attempt.bodySha256()));
    } else {
      findings.add(
          Fault.FORGED, attempt.name() + " was acknowledged, and it was made to be refused");
    }
  }

  private void scan(java.util.function.Consumer<Attempt> onOk) {
    JsonMapper json = new JsonMapper();
    Map<String, Attempt> underWay = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      @Nullable String line = reader.readLine();
      while (line != null) {
        @Nullable String next = reader.readLine();
        // The generator may have been killed amid its last line.
        if (next != null || line.endsWith("}")) {
          take(json.readTree(line), underWay, onOk);
        }
        line = next;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal can't be read: " + path, e);
    }
  }

  private void take(
      JsonNode line, Map<String, Attempt> underWay, java.util.function.Consumer<Attempt> onOk) {
    String id = line.path("attempt").asText();
    if (line.path("event").asText().equals("invoke")) {
      sent++;
      underWay.put(
          id,
          new Attempt(
              line.path("kind").asText(),
              line.path("bodySha256").asText(),
              "attempt %s (%s:%s, transaction %s, order %s:%s, %s)"
                  .formatted(
                      id,
                      line.path("protocol").asText(),
                      line.path("account").asText(),
                      line.path("transactionId").asText(),
                      line.path("shop").asText(),
                      line.path("orderNo").asText(),
                      line.path("kind").asText())));
      return;
    }
    Attempt attempt = underWay.remove(id);
    if (attempt != null && line.path("event").asText().equals("ok")) {
      onOk.accept(attempt);
    }
  }
}
