package io.paidonce.gateway;

import io.paidonce.providers.Problems;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a new configuration while the gateway runs: the whole of it, or nothing and says so. */
final class Reloading {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);
  private static final int MOST_NAMED = 20;
  private static final long SHOWN_WITHIN_SECONDS = 10;

  private final GatewayConfig started;
  private final LiveAccounts accounts;
  private final ConfigurationState state;
  private final GatewayMetrics metrics;
  private final LiveTls tls;
  private final Duration handshake;
  private final Clock clock;
  private volatile OrderTokens tokens;
  private volatile Sources sources;
  private volatile Handshakes handshakes;

  /**
   * @param started what the gateway was started with: of it only accounts, their keys, tokens, the
   *     certificate and whence callbacks are taken and handshakes can be exchanged
   * @param handshake how long one by TLS may take
   */
  Reloading(
      GatewayConfig started,
      LiveAccounts accounts,
      ConfigurationState state,
      GatewayMetrics metrics,
      LiveTls tls,
      Duration handshake,
      Clock clock) {
    this.started = started;
    this.accounts = accounts;
    this.state = state;
    this.metrics = metrics;
    this.tls = tls;
    this.handshake = handshake;
    this.clock = clock;
    this.tokens = new OrderTokens(started.orders().tokens());
    this.sources = Sources.of(started.door(), Problems.none());
    this.handshakes = Handshakes.of(started.door().handshakes(), Problems.none());
  }

  /** Why it was not taken, each with its place; empty where it was. */
  synchronized List<String> take(GatewayConfig next) {
    Problems problems = Problems.none();
    next.check(problems);
    if (!problems.isEmpty()) {
      refuse(problems.lines());
      return problems.lines();
    }
    Accounts prepared = accounts.prepare(next.accounts(), next.retiringKeys(), problems);
    Optional<TlsIdentity> identity =
        tls.next(next.door().tls(), clock.instant(), problems.in("tls"));
    // Last, since of all it alone could still fail.
    if (problems.isEmpty() && identity.isPresent()) {
      show(identity.get(), problems.in("tls"));
    }
    if (!problems.isEmpty()) {
      refuse(problems.lines());
      return problems.lines();
    }
    LiveAccounts.Change change = accounts.serve(prepared);
    tokens = new OrderTokens(next.orders().tokens());
    sources = Sources.of(next.door(), Problems.none());
    handshakes = Handshakes.of(next.door().handshakes(), Problems.none());
    List<String> waiting = waitingForRestart(next);
    state.taken(waiting);
    metrics.keys().watch(accounts.current().keys());
    metrics.reloaded(true);
    LOG.info(
        "A new configuration is served: {} accounts, added {}, removed {}",
        change.served(),
        named(change.added()),
        named(change.removed()));
    if (!waiting.isEmpty()) {
      LOG.warn("Changed, but taken only at a start: {}", String.join(", ", waiting));
    }
    return List.of();
  }

  private void show(TlsIdentity identity, Problems problems) {
    try {
      tls.replace(identity, handshake)
          .toCompletionStage()
          .toCompletableFuture()
          .get(SHOWN_WITHIN_SECONDS, TimeUnit.SECONDS);
      LOG.info("A new certificate is shown: {}", identity.described());
    } catch (ExecutionException | TimeoutException e) {
      problems.add("the servers did not take it: " + Causes.sentence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("the gateway is stopping");
    }
  }

  /** A configuration that could not even be read. */
  synchronized void refuse(List<String> problems) {
    state.refused(problems);
    metrics.reloaded(false);
    LOG.error(
        "The new configuration is refused and the last good one is served on:\n  {}",
        String.join("\n  ", problems));
  }

  /** Whose commands are taken just now. */
  OrderTokens tokens() {
    return tokens;
  }

  /** From where callbacks are taken just now. */
  Sources sources() {
    return sources;
  }

  /** Which handshakes are answered just now. */
  Handshakes handshakes() {
    return handshakes;
  }

  private List<String> waitingForRestart(GatewayConfig next) {
    List<String> waiting = new ArrayList<>();
    compare(waiting, "bootstrapServers", started.bootstrapServers(), next.bootstrapServers());
    compare(waiting, "replicationFactor", started.replicationFactor(), next.replicationFactor());
    compare(waiting, "callbacks", started.callbacks(), next.callbacks());
    compare(waiting, "management", started.management(), next.management());
    compare(waiting, "limits", started.limits(), next.limits());
    compare(waiting, "failures", started.door().failures(), next.door().failures());
    compare(waiting, "shopLimits", started.door().shopLimits(), next.door().shopLimits());
    compare(waiting, "accountLabel", started.accountLabel(), next.accountLabel());
    compare(waiting, "orders.endpoint", started.orders().endpoint(), next.orders().endpoint());
    compare(waiting, "orders.queryUrl", started.orders().queryUrl(), next.orders().queryUrl());
    compare(waiting, "tls", tls.isOn(), next.door().tls() != null);
    if (!started.orders().isOpen()) {
      compare(waiting, "orders.tokens", false, next.orders().isOpen());
    }
    return waiting;
  }

  private static void compare(List<String> waiting, String name, Object running, Object next) {
    if (!Objects.equals(running, next)) {
      waiting.add("gateway." + name);
    }
  }

  private static String named(Collection<String> paths) {
    String shown = String.join(", ", paths.stream().sorted().limit(MOST_NAMED).toList());
    return paths.size() <= MOST_NAMED
        ? "[" + shown + "]"
        : "[" + shown + " and " + (paths.size() - MOST_NAMED) + " more]";
  }
}
