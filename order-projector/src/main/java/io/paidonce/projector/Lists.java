package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The lists, page by page. */
final class Lists {

  static final int MOST_ROWS = 500;
  private static final int ROWS = 50;
  private static final int LONGEST_PAGE = 1_024;

  private final ListQuery query;
  private final BalanceQuery balances;
  private final PageTokens pages;
  private final QueryWorkers workers;

  Lists(ListQuery query, BalanceQuery balances, PageTokens pages, QueryWorkers workers) {
    this.workers = workers;
    this.query = query;
    this.balances = balances;
    this.pages = pages;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Listing listing : Listing.ALL) {
      List<Reply> replies = new ArrayList<>();
      replies.add(
          Reply.json(200, listing.name() + "Page", "One page; next, where there is another."));
      if (listing.needsEveryShop()) {
        replies.add(Reply.problem(403, "This token sees only some shops."));
      }
      routes.add(
          Route.get(
              "/v1/" + listing.name(),
              "One page of the list " + listing.name() + ".",
              params(listing),
              replies,
              workers.by(asked -> page(listing, asked))));
    }
    routes.add(
        Route.get(
            "/v1/balances",
            "Where all money stands, by provider and currency.",
            List.of(BalanceQuery.SHOP),
            List.of(Reply.json(200, "Balances", "Sums in minor units.")),
            workers.by(balances::answer)));
    return routes;
  }

  private static List<Param> params(Listing listing) {
    List<Param> params = new ArrayList<>(listing.filterParams());
    params.add(Param.number("limit", 1, MOST_ROWS, "Most rows of the page; 50 if absent."));
    params.add(Param.text("page", LONGEST_PAGE, "What next said, with the same filters."));
    return params;
  }

  private Answer page(Listing listing, Asked asked) throws SQLException {
    requireSight(listing, asked.caller());
    int limit = asked.params().number("limit", 1, MOST_ROWS, ROWS);
    String question = question(listing, asked);
    List<String> after =
        asked
            .params()
            .text("page", LONGEST_PAGE)
            .map(token -> pages.read(question, token))
            .orElse(List.of());
    ListQuery.Page page = query.read(listing, asked, after, limit);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = answer.putArray(listing.name());
    page.rows().forEach(rows::add);
    if (!page.next().isEmpty()) {
      answer.put("next", pages.of(question, page.next()));
    }
    return Answer.of(answer);
  }

  /**
   * Does nothing where a caller may read a list.
   *
   * @throws BadQuestionException if its rows belong to no shop and the caller sees only some shops
   */
  static void requireSight(Listing listing, Caller caller) {
    if (listing.needsEveryShop() && !caller.shops().isEmpty()) {
      throw new BadQuestionException(
          new Problem(
              403,
              "Forbidden",
              listing.name() + " belong to no shop, and this token sees only some shops",
              "Ask with a token of every shop."));
    }
  }

  // Another caller may see other rows, so that who asks is a part of the question.
  private static String question(Listing listing, Asked asked) {
    return listing.name()
        + "\n"
        + asked.caller().name()
        + "\n"
        + asked.params().without(Listing.PAGING);
  }
}
