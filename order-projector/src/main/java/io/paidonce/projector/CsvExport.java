package io.paidonce.projector;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole list as CSV. One page is read, written, and only when the reader has taken it, the next
 * is read: so a slow reader holds one page of memory and neither a thread nor a connection, and one
 * that takes nothing is hung up on when the server's {@link Listening#SILENT_SECONDS} are over.
 */
final class CsvExport {

  private static final Logger log = LoggerFactory.getLogger(CsvExport.class);
  private static final int ROWS = 500;
  private static final int MOST_AT_ONCE = 8;

  private final WorkerExecutor workers;
  private final ListQuery query;
  private final AtomicInteger running = new AtomicInteger();

  CsvExport(WorkerExecutor workers, ListQuery query) {
    this.workers = workers;
    this.query = query;
  }

  List<Route> routes() {
    return Listing.ALL.stream().map(this::route).toList();
  }

  private Route route(Listing listing) {
    List<Reply> replies = new ArrayList<>();
    replies.add(Reply.text("text/csv", "RFC 4180, UTF-8, with a header line."));
    if (listing.needsEveryShop()) {
      replies.add(Reply.problem(403, "This token sees only some shops."));
    }
    return Route.get(
        "/v1/" + listing.name() + ".csv",
        "The whole list " + listing.name() + ", as its reader takes it.",
        listing.filterParams(),
        replies,
        (asked, request) -> send(listing, asked, request.response()));
  }

  private void send(Listing listing, Asked asked, HttpServerResponse response) {
    Lists.requireSight(listing, asked.caller());
    if (running.incrementAndGet() > MOST_AT_ONCE) {
      running.decrementAndGet();
      Problem.unavailable("too many exports are running").send(response);
      return;
    }
    new Run(listing, asked, response).next(List.of());
  }

  private final class Run {
    private final Listing listing;
    private final Asked asked;
    private final HttpServerResponse response;
    private boolean isOver;

    Run(Listing listing, Asked asked, HttpServerResponse response) {
      this.listing = listing;
      this.asked = asked;
      this.response = response;
      response.closeHandler(closed -> over());
      response.exceptionHandler(failed -> over());
    }

    private void next(List<String> after) {
      workers
          .executeBlocking(() -> query.read(listing, asked, after, ROWS), false)
          .onComplete(
              read -> {
                if (isOver) {
                  return;
                }
                if (read.failed()) {
                  failed(read.cause(), after.isEmpty());
                } else {
                  write(read.result(), after.isEmpty());
                }
              });
    }

    private void write(ListQuery.Page page, boolean isFirst) {
      StringBuilder text = new StringBuilder();
      if (isFirst) {
        response
            .setChunked(true)
            .putHeader("content-type", "text/csv; charset=utf-8; header=present")
            .putHeader("cache-control", "no-store")
            .putHeader(
                "content-disposition", "attachment; filename=\"" + listing.name() + ".csv\"");
        text.append(String.join(",", listing.names())).append("\r\n");
      }
      page.rows().forEach(row -> text.append(line(row)).append("\r\n"));
      if (page.next().isEmpty()) {
        over();
        response.end(text.toString());
        return;
      }
      response.write(text.toString());
      if (response.writeQueueFull()) {
        response.drainHandler(
            drained -> {
              response.drainHandler(null);
              next(page.next());
            });
      } else {
        next(page.next());
      }
    }

    // Once a row is out nothing else can be said than that it does not end.
    private void failed(Throwable cause, boolean isFirst) {
      over();
      if (cause instanceof BadQuestionException e && isFirst) {
        e.problem().send(response);
      } else if (isFirst) {
        log.warn("an export could not begin", cause);
        Problem.unavailable("the read store does not answer").send(response);
      } else {
        log.warn("an export of {} was broken off", listing.name(), cause);
        response.reset();
      }
    }

    private void over() {
      if (!isOver) {
        isOver = true;
        running.decrementAndGet();
      }
    }

    private String line(JsonNode row) {
      return listing.names().stream()
          .map(name -> Csv.cell(row.path(name)))
          .collect(Collectors.joining(","));
    }
  }
}
