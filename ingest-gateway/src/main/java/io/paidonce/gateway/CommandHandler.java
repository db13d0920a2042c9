package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Topics;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.UnreadableContentException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a command and answers 202 when Kafka has stored it, which is all that is known then: what
 * became of it is read at its status URL. One line answers 202, and it stands behind Kafka's
 * acknowledgement.
 */
final class CommandHandler {

  static final String COMMANDS = "/v1/commands/";

  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String SOURCE = "/paidonce/ingest-gateway";
  private static final int ACCEPTED = 202;
  private static final List<String> COMMAND_IDS = List.of("idempotency-key", "x-request-id");
  private static final Pattern COMMAND_ID = Pattern.compile("[\\x21-\\x7E]{1,200}");

  private final Supplier<OrderTokens> tokens;
  private final String queryUrl;
  private final BodyReader bodies;
  private final NotificationPublisher publisher;
  private final InFlight inFlight;
  private final GatewayMetrics metrics;
  private final Clock clock;
  private final Duration deadline;

  /**
   * @param tokens asked once for each request
   */
  CommandHandler(
      Supplier<OrderTokens> tokens,
      String queryUrl,
      BodyReader bodies,
      NotificationPublisher publisher,
      InFlight inFlight,
      GatewayMetrics metrics,
      Clock clock,
      Duration deadline) {
    this.tokens = tokens;
    this.queryUrl = queryUrl;
    this.bodies = bodies;
    this.publisher = publisher;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** One command of somebody who may send some. */
  private record Command(Exchange exchange, OrderRoute route, OrderToken sender, String id) {}

  void handle(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Optional<OrderRoute> route = OrderRoute.of(request.path());
    Optional<OrderToken> sender =
        tokens.get().bearer(request.headers().getAll(HttpHeaders.AUTHORIZATION));
    Optional<String> id = commandId(request);
    if (route.isEmpty()) {
      refuse(exchange, CommandProblem.NOT_FOUND, null);
    } else if (!HttpMethod.POST.equals(request.method())) {
      request.response().putHeader(HttpHeaders.ALLOW, "POST");
      refuse(exchange, CommandProblem.METHOD_NOT_ALLOWED, null);
    } else if (inFlight.draining()) {
      refuse(exchange, CommandProblem.SHUTTING_DOWN, null);
    } else if (sender.isEmpty()) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(exchange, CommandProblem.UNAUTHORIZED, null);
    } else if (route.get().shop() != null && !sender.get().shops().contains(route.get().shop())) {
      refuse(exchange, CommandProblem.SHOP_NOT_ALLOWED, null);
    } else if (id.isEmpty()) {
      refuse(exchange, CommandProblem.COMMAND_ID_MISSING, null);
    } else if (!isJson(request)) {
      refuse(exchange, CommandProblem.UNSUPPORTED_MEDIA_TYPE, null);
    } else {
      Command command = new Command(exchange, route.get(), sender.get(), id.get());
      bodies.read(
          exchange,
          body -> take(command, body),
          rejection -> refuse(exchange, problem(rejection), null));
    }
  }

  private void take(Command sent, byte[] body) {
    OrderCommand command;
    try {
      command =
          CommandReader.read(sent.route(), body, sent.id(), sent.sender().name(), clock.instant());
    } catch (UnreadableContentException e) {
      refuse(sent.exchange(), CommandProblem.MALFORMED, e.detail());
      return;
    }
    if (!sent.sender().shops().contains(command.shop())) {
      refuse(sent.exchange(), CommandProblem.SHOP_NOT_ALLOWED, null);
      return;
    }
    store(sent, command);
  }

  private void store(Command sent, OrderCommand command) {
    Exchange exchange = sent.exchange();
    EventHead head =
        new EventHead(
            command.commandId(),
            SOURCE,
            command.issuedAt(),
            TraceParent.continued(exchange.request().headers().getAll("traceparent")));
    exchange.at(deadline, () -> refuse(exchange, CommandProblem.NOT_STORED, null));
    exchange.stay();
    publisher
        .publish(
            List.of(Topics.ORDER_COMMANDS.record(command.order().toString(), command, head)),
            exchange::isAnswered)
        .whenComplete(
            (stored, failure) ->
                exchange.later(
                    () -> {
                      if (failure == null) {
                        accept(sent, command);
                      } else {
                        refuse(exchange, CommandProblem.NOT_STORED, null);
                      }
                      exchange.leave();
                    }));
  }

  private void accept(Command sent, OrderCommand command) {
    if (sent.exchange().isAnswered()) {
      return;
    }
    metrics.command(sent.route().action(), "stored");
    // An id is unique within an order only.
    String status =
        queryUrl
            + COMMANDS
            + encoded(command.commandId())
            + "?shop="
            + encoded(command.shop())
            + "&orderNo="
            + encoded(command.orderNo());
    JsonObject answer =
        new JsonObject()
            .put("commandId", command.commandId())
            .put("shop", command.shop())
            .put("orderNo", command.orderNo())
            .put("status", status);
    sent.exchange().request().response().putHeader(HttpHeaders.LOCATION, status);
    sent.exchange()
        .answer(new CallbackAnswer(ACCEPTED, JSON, answer.encode()), !inFlight.draining());
  }

  private void refuse(Exchange exchange, CommandProblem problem, @Nullable String detail) {
    if (exchange.isAnswered()) {
      return;
    }
    metrics.commandRefused(problem);
    JsonObject answer =
        new JsonObject()
            .put("type", problem.type())
            .put("title", problem.sentence())
            .put("status", problem.status())
            .put("retryable", problem.retryable());
    if (detail != null) {
      answer.put("detail", detail);
    }
    if (problem.retryable()) {
      exchange.request().response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    exchange.answer(
        new CallbackAnswer(problem.status(), PROBLEM_JSON, answer.encode()), !inFlight.draining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  // The draft standard writes a key as a quoted string, most senders write it bare.
  private static Optional<String> commandId(HttpServerRequest request) {
    for (String header : COMMAND_IDS) {
      List<String> values = request.headers().getAll(header);
      if (!values.isEmpty()) {
        return Optional.of(values.get(0).strip())
            .filter(only -> values.size() == 1)
            .map(id -> id.matches("\"[^\"]*\"") ? id.substring(1, id.length() - 1) : id)
            .filter(id -> COMMAND_ID.matcher(id).matches());
      }
    }
    return Optional.empty();
  }

  private static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean empty =
        !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            && (length == null || length.equals("0"));
    return type == null
        ? empty
        : type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(JSON);
  }

  private static CommandProblem problem(Rejection rejection) {
    return switch (rejection) {
      case BODY_TOO_LARGE -> CommandProblem.BODY_TOO_LARGE;
      case BODY_INCOMPLETE -> CommandProblem.BODY_INCOMPLETE;
      case OVERLOADED -> CommandProblem.OVERLOADED;
      default -> CommandProblem.MALFORMED;
    };
  }
}
