package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Refused;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who is let in, and in which order they are served: decided by where a request comes from before
 * its body is read, and by its shop only once it is authentic. A stranger can then use up neither
 * the room of a shop nor that of a provider.
 */
final class Admission {

  // What whoever signs would not send. A probe counts too: its mark is anybody's to write.
  private static final Set<Rejection> UNSIGNED =
      EnumSet.of(
          Rejection.MISSING_SIGNATURE_FIELD,
          Rejection.REPEATED_SIGNATURE_FIELD,
          Rejection.UNSUPPORTED_ALGORITHM,
          Rejection.MALFORMED_REQUEST,
          Rejection.UNKNOWN_KEY,
          Rejection.SIGNATURE_MISMATCH,
          Rejection.SIGNATURE_PROBE);

  private final Supplier<Sources> sources;
  private final FailingSources failing;
  private final SlowLane lane;
  private final ShopRooms shops;
  private final Duration patience;

  /**
   * @param sources asked anew for each request
   * @param patience how long after its head a request may wait to be verified
   */
  Admission(
      Supplier<Sources> sources,
      FailingSources failing,
      SlowLane lane,
      ShopRooms shops,
      Duration patience) {
    this.sources = sources;
    this.failing = failing;
    this.lane = lane;
    this.shops = shops;
    this.patience = patience;
  }

  /** Why a request is refused for where it comes from, its body unread; empty where it is not. */
  Optional<Refused> refusal(Route route, HttpServerRequest request) {
    Sources now = sources.get();
    if (now.takesFromAnywhere() && !failing.any()) {
      return Optional.empty();
    }
    InetAddress source = source(request);
    return now.refusal(route, source).or(() -> tooMany(source));
  }

  private Optional<Refused> tooMany(InetAddress source) {
    InetAddress network = FailingSources.networkOf(source);
    return failing.isExhausted(source) && lane.isFull(network)
        ? Optional.of(
            new Refused(
                Rejection.TOO_MANY_FAILURES,
                "from "
                    + network.getHostAddress()
                    + " came more that nobody signed than gateway.failures allows, and what waits"
                    + " of it to be verified is more than its share (a flood, or a proxy that is"
                    + " not among gateway.trustedProxies? Its body was not read)"))
        : Optional.empty();
  }

  /**
   * Has a whole request verified: now, or behind the others where its source failed too often.
   *
   * @param refusal where there is no room for it to wait, or it waited as long as a provider would
   */
  void verify(Exchange exchange, Runnable verification, Runnable refusal) {
    if (failing.any()) {
      InetAddress source = source(exchange.request());
      if (failing.isExhausted(source)) {
        boolean waits =
            lane.enter(
                FailingSources.networkOf(source),
                exchange::later,
                () -> {
                  if (!exchange.isAnswered()) {
                    verification.run();
                  }
                });
        if (waits) {
          exchange.at(patience, refusal);
        } else {
          refusal.run();
        }
        return;
      }
    }
    verification.run();
  }

  /** Remembers of whom it came if nobody signed it. */
  void judged(HttpServerRequest request, Verdict verdict) {
    if (verdict instanceof Refused refused && UNSIGNED.contains(refused.rejection())) {
      failing.failed(source(request));
    }
  }

  /** Whether an authentic callback finds room among those of its shop; takes it if so. */
  boolean enter(String shop, Exchange exchange) {
    return shops.enter(shop, exchange);
  }

  private InetAddress source(HttpServerRequest request) {
    return sources
        .get()
        .source(
            SourceAddress.ofPeer(request.connection().remoteAddress()),
            request.headers().getAll("x-forwarded-for"));
  }
}
