package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Protocols;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Mutations of every protocol's good request by HTTP to a whole gateway: none is a fault of ours,
 * none is stored that its provider did not sign, and nothing of them stays. The build plays the
 * same mutants each time; {@code -Dpaidonce.seed} plays others, {@code -Dpaidonce.fuzz.requests}
 * more.
 */
class MutatedRequestsIT {

  private static final int SENDERS = 48;
  private static final int ROUNDS = 10;
  private static final int PIPELINED = 16;
  private static final long MOST_LEFT_BYTES = 16L << 20;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int MALFORMED = 400;
  private static final Pattern STATUS = Pattern.compile("HTTP/[0-9]+\\.[0-9]+ ([0-9]{3})");

  private final long seed = Long.getLong("paidonce.seed", 20_261_121L);
  private final int requests = Integer.getInteger("paidonce.fuzz.requests", 100_000);
  private final List<GoodRequest> good = GoodRequest.all();
  private final Mutator mutator = new Mutator(good, seed);
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void noMutationBreaksTheGatewayOrIsStoredOrLeavesAnything() throws Exception {
    assertThat(good)
        .extracting(GoodRequest::protocol)
        .containsAll(Protocols.all().stream().map(CallbackProtocol::id).toList());
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (RunningGateway running = RunningGateway.onTheSharedBroker()) {
      good.forEach(g -> assertThat(running.send(g.path(), g.callback()).status()).isEqualTo(200));
      // An Alipay refund is two facts and the combined payment pays two orders.
      assertThat(allGenuine(running)).isEqualTo(good.size() + 2);
      long began = System.nanoTime();
      long usedBefore = 0;
      int stored = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        send(running.gateway.callbackPort(), (long) requests * round / ROUNDS, senders);
        stored += allGenuine(running);
        if (round == 1) {
          // Whatever is made once, code and pools, is there by now.
          usedBefore = usedBytes();
        }
      }
      long seconds = (System.nanoTime() - began) / 1_000_000_000L;
      assertNothingInFlight(running);
      long left = usedBytes() - usedBefore;
      assertThat(running.deadLetters.read()).as(repeat()).isEmpty();
      assertThat(stored).as(repeat()).isGreaterThanOrEqualTo(accepted.get());
      assertThat(refused.get()).as(repeat()).isGreaterThan(requests / 2);
      assertThat(faults(running)).as(repeat()).isEmpty();
      assertThat(left).as("bytes left behind; " + repeat()).isLessThan(MOST_LEFT_BYTES);
      System.out.printf(
          "%s: %d s, %d refused, %d accepted, %d stored, heap %+d KiB%n",
          repeat(), seconds, refused.get(), accepted.get(), stored, left >> 10);
    } finally {
      senders.shutdownNow();
    }
  }

  private void send(int port, long until, ExecutorService senders) throws Exception {
    List<Future<?>> sending = new ArrayList<>();
    IntStream.range(0, SENDERS).forEach(i -> sending.add(senders.submit(() -> send(port, until))));
    for (Future<?> sender : sending) {
      try {
        sender.get();
      } catch (ExecutionException e) {
        throw new AssertionError(repeat(), e.getCause());
      }
    }
    next.set(until);
  }

  private void send(int port, long until) {
    try (RawHttp http = RawHttp.connect(port)) {
      long from = next.getAndAdd(PIPELINED);
      while (from < until) {
        send(port, http, from, Math.min(from + PIPELINED, until));
        from = next.getAndAdd(PIPELINED);
      }
    }
  }

  private void send(int port, RawHttp http, long from, long to) {
    List<Long> pipelined = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long number = from; number < to; number++) {
      Mutant mutant = mutator.mutant(number);
      if (mutant.framed()) {
        pipelined.add(number);
        bytes.writeBytes(mutant.bytes());
      } else {
        sendAlone(port, mutant, number);
      }
    }
    http.send(bytes.toByteArray());
    for (long number : pipelined) {
      int status = answer(http, number).status();
      count(status, number);
      if (status < 400) {
        assertThat(mutator.mutant(number).harmless()).as(repeat(number)).isTrue();
      }
    }
  }

  private RawHttp.Answer answer(RawHttp http, long number) {
    try {
      RawHttp.Answer answer = http.answer();
      assertThat(answer.headers()).as(repeat(number)).doesNotContainKey("connection");
      return answer;
    } catch (UncheckedIOException e) {
      throw new AssertionError("no answer to " + repeat(number), e);
    }
  }

  // Where it ends is anybody's guess: it may be none, one or several requests.
  private void sendAlone(int port, Mutant mutant, long number) {
    try (RawHttp http = RawHttp.connect(port)) {
      Matcher statuses = STATUS.matcher(http.sendInVain(mutant.bytes()).finish());
      while (statuses.find()) {
        int status = Integer.parseInt(statuses.group(1));
        // To a version it does not speak, Vert.x says 501 and closes, before any of our code.
        count(status == NOT_IMPLEMENTED ? MALFORMED : status, number);
      }
    }
  }

  private void count(int status, long number) {
    assertThat(status).as(repeat(number)).isBetween(100, 499);
    if (status == 200) {
      accepted.incrementAndGet();
    } else if (status >= 400) {
      refused.incrementAndGet();
    }
  }

  // Whatever was stored since the last look; each must be what a provider signed.
  private int allGenuine(RunningGateway running) {
    List<TopicTail.Received<PaymentNotification>> stored = running.notifications.read();
    for (TopicTail.Received<PaymentNotification> received : stored) {
      assertThat(good).as(repeat()).anyMatch(g -> g.isWhat(received.value()));
    }
    return stored.size();
  }

  private static void assertNothingInFlight(RunningGateway running) {
    await()
        .until(
            () ->
                metrics(running).stream()
                    .filter(line -> line.startsWith("paidonce_gateway_in_flight"))
                    .allMatch(line -> line.endsWith(" 0.0")));
  }

  /** Counters of answers that a sender must not be able to cause. */
  private static List<String> faults(RunningGateway running) {
    Pattern fault = Pattern.compile(".*(broken|NOT_STORED|OVERLOADED|UNDECIPHERABLE)\".*");
    return metrics(running).stream().filter(line -> fault.matcher(line).matches()).toList();
  }

  private static List<String> metrics(RunningGateway running) {
    return running.manage("/metrics").body().lines().toList();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private String repeat(long number) {
    return "mutant " + number + " of " + repeat();
  }

  private String repeat() {
    return "-Dpaidonce.seed=" + seed + " -Dpaidonce.fuzz.requests=" + requests;
  }
}
