package io.paidonce.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.EventHeaders;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path directory;

  private static Attempt attempt(Disguise disguise) {
    SimulatedAccount account = FakeSigner.wechat("s1");
    Notice notice =
        new Notice.Paid(new PaidNotice("n1", "4200000001", "ORDER-1", 1200, "CNY", NOW));
    return new Attempt(
        UUID.randomUUID(),
        NOW,
        new Step.Deliver(Duration.ZERO, account, notice, disguise),
        disguise,
        Tampering.sign(account, notice, disguise, NOW));
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void anAttemptAndItsOutcomeAreOneLineEach() throws IOException {
    Path file = directory.resolve("journal");
    Attempt attempt = attempt(Disguise.PROBE);
    try (Journal journal = Journal.open(file)) {
      journal.invoke(attempt);
      journal.outcome(attempt.id(), Outcome.NO, NOW, 401);
      journal.outcome(attempt.id(), Outcome.UNKNOWN, NOW, null);
    }

    String id = attempt.id().toString();
    String hash = EventHeaders.sha256Hex(attempt.callback().body().bytes());
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"event\":\"invoke\",\"attempt\":\""
                + id
                + "\",\"at\":\"2026-01-31T12:00:00Z\",\"protocol\":\"wechat-v3\","
                + "\"account\":\"1900000001\",\"transactionId\":\"4200000001\","
                + "\"orderNo\":\"ORDER-1\",\"shop\":\"s1\",\"kind\":\"probe\",\"bodySha256\":\""
                + hash
                + "\"}",
            "{\"event\":\"no\",\"attempt\":\""
                + id
                + "\",\"at\":\"2026-01-31T12:00:00Z\",\"status\":401}",
            "{\"event\":\"unknown\",\"attempt\":\"" + id + "\",\"at\":\"2026-01-31T12:00:00Z\"}");
  }

  @Test
  void aJournalOnlyGrows() throws IOException {
    Path file = directory.resolve("journal");
    for (int i = 0; i < 2; i++) {
      try (Journal journal = Journal.open(file)) {
        journal.invoke(attempt(Disguise.NONE));
      }
    }

    assertThat(lines(file)).hasSize(2);
  }

  @Test
  void linesOfManyThreadsStayWhole() throws Exception {
    Path file = directory.resolve("journal");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Journal journal = Journal.open(file)) {
      Callable<Integer> writer =
          () -> {
            for (int i = 0; i < 50; i++) {
              journal.invoke(attempt(Disguise.NONE));
            }
            return 50;
          };
      for (Future<Integer> done :
          threads.invokeAll(List.of(writer, writer, writer, writer, writer, writer))) {
        assertThat(done.get()).isEqualTo(50);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(lines(file)).hasSize(300);
  }
}
