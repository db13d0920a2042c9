package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiReply.Answered;
import io.paidonce.providers.ApiReply.Failed;
import io.paidonce.providers.ApiReply.Failure;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.ApiTransport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From a client to the desk without a socket and without waiting: an answer that would come too
 * late is a time-out at once. The clock is only read, so virtual time goes on as its owner says.
 */
public final class InProcessTransport implements ApiTransport {

  private final ProviderDesk desk;
  private final InstantSource clock;
  private final Duration timeout;

  /**
   * To one desk.
   *
   * @param clock ours, for when an answer was received
   * @param timeout how long an answer may take, on the desk's word
   */
  public InProcessTransport(ProviderDesk desk, InstantSource clock, Duration timeout) {
    this.desk = requireNonNull(desk, "desk");
    this.clock = requireNonNull(clock, "clock");
    this.timeout = requireNonNull(timeout, "timeout");
  }

  @Override
  public ApiReply send(ApiRequest request) {
    URI uri = request.uri();
    String query = uri.getRawQuery();
    Reaction reaction =
        desk.react(
            new ApiCall(
                request.method(),
                query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query,
                request.headers(),
                request.body()));
    ApiAnswer answer = reaction.answer();
    if (answer == null) {
      return new Failed(Failure.BROKEN, "the connection broke");
    }
    if (reaction.after().compareTo(timeout) >= 0) {
      return new Failed(Failure.TIMED_OUT, "no whole answer within " + timeout.toMillis() + " ms");
    }
    Map<String, List<String>> headers = new HashMap<>();
    answer
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new Answered(answer.status(), headers, answer.body(), clock.instant());
  }
}
