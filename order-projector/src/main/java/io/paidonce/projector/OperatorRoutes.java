package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import io.paidonce.projector.deadletters.LetterId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The addresses of operators: who acts is who the token says, whatever a request says. */
final class OperatorRoutes {

  /** Below five seconds, and above what storing may take. */
  private static final long PATIENCE_MS = 4_500;

  private static final Param DIGEST =
      Param.text("digest", 64, "That of the proposal that was looked at.").required();

  private final Vertx vertx;
  private final QueryWorkers workers;
  private final Operations operations;

  /**
   * @param workers of its own, so that a Kafka that is away holds up no question
   */
  OperatorRoutes(Vertx vertx, QueryWorkers workers, Operations operations) {
    this.vertx = vertx;
    this.workers = workers;
    this.operations = operations;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (OperatorAction action : OperatorAction.values()) {
      routes.add(
          Route.post(
              action.pattern(),
              action.sentence(),
              action.fields(),
              replies(action),
              (asked, request) -> act(action, asked, request)));
    }
    routes.add(
        Route.get(
            "/v1/proposals/{proposal}",
            "What one operator proposed and another is to approve.",
            List.of(),
            List.of(Reply.json(200, "Proposal", "As it stands.")),
            workers.by(asked -> operations.proposal(asked.caller(), asked.path().get(0)))));
    routes.add(
        decision(
            "approve",
            "Approves what another operator proposed, and does it.",
            Reply.json(202, "Accepted", "Kafka has stored it."),
            operations::approve));
    routes.add(
        decision(
            "reject",
            "Rejects a proposal; one's own too.",
            Reply.json(200, "Proposal", "It will not be done."),
            operations::reject));
    routes.add(
        Route.get(
            "/v1/deadletters/{letter}",
            "A dead letter, and who drove it again.",
            List.of(),
            List.of(Reply.json(200, "Letter", "Why it could not be processed; never its bytes.")),
            workers.by(asked -> operations.letter(asked.caller(), letter(asked)))));
    return routes;
  }

  /** What becomes of a proposal. */
  private interface Decision {
    Answer on(Caller caller, String proposal, String digest) throws SQLException;
  }

  private Route decision(String name, String summary, Reply reply, Decision decision) {
    return Route.post(
        "/v1/proposals/{proposal}/" + name,
        summary,
        List.of(DIGEST),
        List.of(reply, Reply.problem(409, "It is decided already, expired, or another.")),
        (asked, request) -> {
          asked.caller().requireOperator();
          JsonBody.read(
              vertx,
              request,
              List.of(DIGEST),
              body ->
                  run(
                      request,
                      () -> decision.on(asked.caller(), asked.path().get(0), body.text("digest"))));
        });
  }

  private static List<Reply> replies(OperatorAction action) {
    return List.of(
        Reply.problem(409, "Something else was asked under this id, or it was done already."),
        action == OperatorAction.REDRIVE
            ? Reply.json(202, "Redriven", "Kafka has stored it.")
            : Reply.json(202, "Accepted", "Kafka has stored it; status says what becomes of it."));
  }

  private void act(OperatorAction action, Asked asked, HttpServerRequest request) {
    asked.caller().requireOperator();
    Function<JsonBody, Deed> deed = deed(action, asked, RequestId.of(request));
    JsonBody.read(
        vertx,
        request,
        action.fields(),
        body -> run(request, () -> operations.ask(asked.caller(), deed.apply(body))));
  }

  private static Function<JsonBody, Deed> deed(
      OperatorAction action, Asked asked, String requestId) {
    if (action == OperatorAction.REDRIVE) {
      LetterId letter = letter(asked);
      return body -> Deed.redrive(requestId, letter, body);
    }
    OrderKey order = Questions.visible(asked);
    return body -> Deed.of(action, requestId, order, body);
  }

  /**
   * The dead letter in a path.
   *
   * @throws BadQuestionException if it can be none
   */
  static LetterId letter(Asked asked) {
    try {
      return LetterId.parse(asked.path().get(0));
    } catch (IllegalArgumentException e) {
      throw new BadQuestionException(
          Problem.badRequest(
                  "this can be no dead letter",
                  "One looks like 3:17, partition and offset, as GET /v1/deadletters tells them.")
              .of("letter"));
    }
  }

  /** What may wait for PostgreSQL and Kafka. */
  private interface Work {
    Answer answer() throws SQLException;
  }

  private void run(HttpServerRequest request, Work work) {
    long late =
        vertx.setTimer(
            PATIENCE_MS,
            now -> {
              if (!request.response().ended()) {
                Problem.notStored().send(request.response());
              }
            });
    request.response().endHandler(ended -> vertx.cancelTimer(late));
    workers.run(
        request,
        () -> {
          // Its time was over before its turn came: whoever asked was told that it may be done.
          if (request.response().ended()) {
            throw new BadQuestionException(Problem.notStored());
          }
          return work.answer();
        });
  }
}
