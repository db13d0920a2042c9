package io.paidonce.gateway;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.gateway.GatewayMetrics.Outcome;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of work: route, account, limits, body, verdict, publish, wait for Kafka, answer. There
 * is one line that answers success, and it stands behind Kafka's acknowledgement.
 */
final class CallbackHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackHandler.class);
  private static final String UNKNOWN = "unknown";
  private static final int FORBIDDEN = 403;
  // What may be over in a second.
  private static final Set<Rejection> LATER =
      EnumSet.of(Rejection.TOO_MANY_FAILURES, Rejection.SHOP_LIMIT);

  private final LiveAccounts live;
  private final Admission admission;
  private final Supplier<Handshakes> handshakes;
  private final BodyReader bodies;
  private final NotificationPublisher publisher;
  private final InFlight inFlight;
  private final Refusals refusals;
  private final GatewayMetrics metrics;
  private final DeliveryIds deliveryIds;
  private final Clock clock;
  private final Duration deadline;

  /**
   * @param handshakes asked once for a request
   */
  CallbackHandler(
      LiveAccounts live,
      Admission admission,
      Supplier<Handshakes> handshakes,
      BodyReader bodies,
      NotificationPublisher publisher,
      InFlight inFlight,
      Refusals refusals,
      GatewayMetrics metrics,
      Clock clock,
      Duration deadline) {
    this.live = live;
    this.admission = admission;
    this.handshakes = handshakes;
    this.bodies = bodies;
    this.publisher = publisher;
    this.inFlight = inFlight;
    this.refusals = refusals;
    this.metrics = metrics;
    this.deliveryIds = new DeliveryIds(clock);
    this.clock = clock;
    this.deadline = deadline;
  }

  /** One callback to a served account. */
  private record Callback(
      Exchange exchange, Accounts accounts, Accounts.Served served, Route route) {

    CallbackProtocol<?> protocol() {
      return served.protocol();
    }

    CallbackAnswer accepted() {
      return served.account().accepted().orElseGet(protocol()::accepted);
    }
  }

  void handle(Exchange exchange) {
    Accounts accounts = live.current();
    Optional<HandshakeConfig> handshake = handshakes.get().at(exchange.request().path());
    if (handshake.isPresent()) {
      shakeHands(exchange, handshake.get());
      return;
    }
    Optional<Route> route = Route.of(exchange.request().path());
    Optional<CallbackProtocol<?>> protocol =
        route.flatMap(found -> accounts.protocol(found.protocol()));
    if (route.isEmpty() || protocol.isEmpty()) {
      refuseUnrouted(exchange);
      return;
    }
    Optional<Accounts.Served> served = accounts.find(route.get().protocol(), route.get().account());
    if (!HttpMethod.POST.equals(exchange.request().method())) {
      exchange.request().response().putHeader(HttpHeaders.ALLOW, "POST");
      refuse(exchange, protocol.get(), UNKNOWN, Rejection.METHOD_NOT_ALLOWED);
    } else if (inFlight.draining()) {
      refuse(exchange, protocol.get(), UNKNOWN, Rejection.SHUTTING_DOWN);
    } else if (served.isEmpty()) {
      refusals.explainUnknownAccount(route.get());
      refuse(exchange, protocol.get(), UNKNOWN, Rejection.UNKNOWN_ACCOUNT);
    } else {
      read(new Callback(exchange, accounts, served.get(), route.get()));
    }
  }

  private void read(Callback callback) {
    HttpServerRequest http = callback.exchange().request();
    Optional<Verdict.Refused> refused = admission.refusal(callback.route(), http);
    if (refused.isPresent()) {
      refuse(callback, refused.get().rejection());
      refusals.explainUnread(() -> recordsOf(callback, new byte[0]), refused.get());
    } else {
      bodies.read(
          callback.exchange(),
          body -> verify(callback, recordsOf(callback, body)),
          rejection -> refuse(callback, rejection));
    }
  }

  private CallbackRecords recordsOf(Callback callback, byte[] body) {
    HttpServerRequest http = callback.exchange().request();
    CallbackRequest request =
        new CallbackRequest(headers(http), RawBytes.of(body), clock.instant(), deliveryIds.next());
    return new CallbackRecords(
        request, callback.route(), TraceParent.continued(request.header("traceparent")));
  }

  private void verify(Callback callback, CallbackRecords records) {
    admission.verify(
        callback.exchange(),
        () -> judge(callback, records),
        () -> refuse(callback, Rejection.TOO_MANY_FAILURES));
  }

  private void judge(Callback callback, CallbackRecords records) {
    CallbackRequest request = records.request();
    Verdict verdict;
    try {
      verdict = callback.served().account().receive(request);
    } catch (RuntimeException e) {
      // A fault of ours that the sender must outlive: its next attempt may meet a mended build.
      LOG.error(
          "Delivery {} broke its adapter; answered as not stored: {}",
          request.deliveryId(),
          Causes.place(e));
      answer(callback, Outcome.BROKEN, callback.protocol().declined(Rejection.NOT_STORED));
      return;
    }
    metrics.keys().delivered(callback.protocol().id(), callback.served().account().id(), verdict);
    admission.judged(callback.exchange().request(), verdict);
    if (verdict instanceof Verdict.Authentic authentic) {
      store(callback, records.notifications(authentic), Outcome.STORED);
    } else if (verdict instanceof Verdict.Unreadable unreadable) {
      store(callback, List.of(records.deadLetter(unreadable)), Outcome.UNREADABLE);
    } else if (verdict instanceof Verdict.Refused refused) {
      refuse(callback, refused.rejection());
      refusals.explain(callback.accounts(), callback.route(), request, refused, records);
    }
  }

  private void store(
      Callback callback, List<ProducerRecord<byte[], byte[]>> records, Outcome outcome) {
    Exchange exchange = callback.exchange();
    if (!admission.enter(callback.served().account().shop(), exchange)) {
      refuse(callback, Rejection.SHOP_LIMIT);
      return;
    }
    long sentNanos = System.nanoTime();
    exchange.at(deadline, () -> refuse(callback, Rejection.NOT_STORED));
    exchange.stay();
    publisher
        .publish(records, exchange::isAnswered)
        .whenComplete(
            (stored, failure) ->
                exchange.later(
                    () -> {
                      if (failure == null) {
                        metrics.acknowledged(System.nanoTime() - sentNanos, exchange.isAnswered());
                        answer(callback, outcome, callback.accepted());
                      } else {
                        metrics.notStored();
                        refuse(callback, Rejection.NOT_STORED);
                      }
                      exchange.leave();
                    }));
  }

  private void answer(Callback callback, Outcome outcome, CallbackAnswer answer) {
    if (!callback.exchange().isAnswered()) {
      metrics.answered(callback.protocol().id(), outcome);
      callback.exchange().answer(answer, !inFlight.draining());
    }
  }

  private void refuse(Callback callback, Rejection rejection) {
    refuse(callback.exchange(), callback.protocol(), callback.served().account().id(), rejection);
  }

  private void refuse(
      Exchange exchange, CallbackProtocol<?> protocol, String account, Rejection rejection) {
    if (!exchange.isAnswered()) {
      metrics.refused(protocol.id(), account, rejection);
      if (LATER.contains(rejection)) {
        exchange.request().response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      }
      exchange.answer(protocol.declined(rejection), !inFlight.draining());
    }
  }

  private void shakeHands(Exchange exchange, HandshakeConfig handshake) {
    HttpServerRequest http = exchange.request();
    boolean asked = HttpMethod.GET.equals(http.method());
    Optional<CallbackAnswer> answer = Optional.empty();
    int otherwise = FORBIDDEN;
    if (asked) {
      exchange.bodyEnded();
      answer = Handshakes.answer(handshake, new QueryParameters(http.query())::all);
    } else {
      http.response().putHeader(HttpHeaders.ALLOW, "GET");
      otherwise = Rejection.METHOD_NOT_ALLOWED.httpStatus();
    }
    metrics.handshake(handshake.kind(), answer.isPresent());
    // What is echoed was sent by a stranger: no browser is to guess what it could be.
    http.response().putHeader("X-Content-Type-Options", "nosniff");
    exchange.answer(
        answer.orElse(new CallbackAnswer(otherwise, "text/plain; charset=utf-8", "")),
        asked && !inFlight.draining());
  }

  // Nobody's dialect: no provider sends here.
  private void refuseUnrouted(Exchange exchange) {
    Rejection rejection = Rejection.UNKNOWN_ROUTE;
    metrics.refused(UNKNOWN, UNKNOWN, rejection);
    exchange.answer(
        new CallbackAnswer(rejection.httpStatus(), "application/json", "{\"error\":\"not found\"}"),
        !inFlight.draining());
  }

  private static Map<String, List<String>> headers(HttpServerRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(value));
    headers.remove(CallbackRequest.QUERY);
    if (request.query() != null) {
      headers.put(CallbackRequest.QUERY, List.of(request.query()));
    }
    return headers;
  }
}
