package io.paidonce.projector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be asked about one order, one id or one command. */
final class Questions {

  private static final int LONGEST_ID = 400;
  private static final int LONGEST_SHOP = 64;
  private static final int LONGEST_ORDER_NO = 128;

  private final OrderQuery orders;
  private final SearchQuery search;
  private final QueryWorkers workers;

  Questions(OrderQuery orders, SearchQuery search, QueryWorkers workers) {
    this.orders = orders;
    this.search = search;
    this.workers = workers;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/orders/{shop}/{orderNo}",
            "The whole story of one order.",
            List.of(),
            List.of(
                Reply.json(200, "Order", "All that is known of it."),
                Reply.empty(304, "As If-None-Match has it.")),
            workers.by(this::order)),
        Route.get(
            "/v1/search",
            "The order that an id means, whatever kind of id it is.",
            List.of(Param.text("id", LONGEST_ID, "Compared exactly.").required()),
            List.of(
                Reply.json(200, "Order", "The whole story of the one order."),
                Reply.json(300, "Choices", "Several orders know this id.")),
            workers.by(this::search)),
        Route.get(
            "/v1/commands/{commandId}",
            "What became of a command.",
            List.of(
                Param.text("shop", LONGEST_SHOP, "Of this shop's orders only."),
                Param.text("orderNo", LONGEST_ORDER_NO, "Of this order only.")),
            List.of(
                Reply.json(200, "Command", "The command and its outcome."),
                Reply.json(300, "CommandChoices", "Several orders know this id.")),
            workers.by(this::command)));
  }

  private Answer order(Asked asked) throws SQLException {
    OrderKey order = visible(asked);
    String knownTag = asked.knownTag();
    if (knownTag != null && knownTag.equals(tag(orders.revision(order)))) {
      return Answer.unchanged(knownTag);
    }
    OrderQuery.Found found = orders.find(order).orElseThrow(Questions::unknownOrder);
    return Answer.tagged(found.order(), tag(found.revision()));
  }

  /**
   * The order in a path that begins with shop and order number.
   *
   * @throws BadQuestionException if it can be none, or is not for this caller's eyes
   */
  static OrderKey visible(Asked asked) {
    OrderKey order = orderKey(asked.path().get(0), asked.path().get(1));
    if (!asked.caller().sees(order.shop())) {
      throw unknownOrder();
    }
    return order;
  }

  private static String tag(String revision) {
    return "\"" + revision + "\"";
  }

  private Answer search(Asked asked) throws SQLException {
    String id = asked.params().required("id", LONGEST_ID);
    Map<OrderKey, Set<String>> found = search.find(id, asked.caller().shops());
    if (found.size() > 1) {
      return Answer.choices(choices(id, found));
    }
    for (Map.Entry<OrderKey, Set<String>> one : found.entrySet()) {
      Optional<OrderQuery.Found> order = orders.find(one.getKey());
      if (order.isPresent()) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode matched = answer.putArray("matched");
        one.getValue().forEach(matched::add);
        answer.setAll(order.get().order());
        return Answer.of(answer);
      }
    }
    throw new BadQuestionException(
        Problem.notFound(
                "nothing is known under this id",
                "Looked for it as "
                    + SearchQuery.kinds()
                    + ", compared exactly, upper and lower case included. What happened moments"
                    + " ago may not have arrived: ask again.")
            .of("id"));
  }

  private static ObjectNode choices(String id, Map<OrderKey, Set<String>> found) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("id", id).put("isComplete", found.size() <= SearchQuery.MOST);
    ArrayNode orders = answer.putArray("orders");
    found.entrySet().stream()
        .limit(SearchQuery.MOST)
        .forEach(
            one -> {
              ObjectNode order = orders.addObject();
              order.put("shop", one.getKey().shop()).put("orderNo", one.getKey().orderNo());
              ArrayNode matched = order.putArray("matched");
              one.getValue().forEach(matched::add);
            });
    return answer;
  }

  private Answer command(Asked asked) throws SQLException {
    String id = asked.path().get(0);
    Optional<String> shop = asked.params().text("shop", LONGEST_SHOP);
    Optional<String> orderNo = asked.params().text("orderNo", LONGEST_ORDER_NO);
    List<JsonNode> found = new ArrayList<>();
    boolean isComplete = true;
    for (OrderKey order : candidates(asked, id, shop, orderNo)) {
      if (found.size() == SearchQuery.MOST) {
        isComplete = false;
        break;
      }
      orders
          .find(order)
          .map(known -> known.order().path("commands"))
          .ifPresent(commands -> commands.forEach(one -> addIf(found, one, id)));
    }
    if (found.isEmpty()) {
      throw new BadQuestionException(
          Problem.notFound(
                  "no command of this id is known",
                  "One that was accepted moments ago may not have arrived: ask again. Ids are"
                      + " compared exactly.")
              .of("commandId"));
    }
    if (found.size() == 1) {
      return Answer.of(found.get(0));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("commandId", id).put("isComplete", isComplete);
    found.forEach(answer.putArray("commands")::add);
    return Answer.choices(answer);
  }

  private Collection<OrderKey> candidates(
      Asked asked, String id, Optional<String> shop, Optional<String> orderNo) throws SQLException {
    if (shop.isPresent() && orderNo.isPresent()) {
      return asked.caller().sees(shop.get())
          ? List.of(orderKey(shop.get(), orderNo.get()))
          : List.of();
    }
    return search.ofCommand(id, asked.caller().shops()).stream()
        .filter(order -> shop.isEmpty() || shop.get().equals(order.shop()))
        .filter(order -> orderNo.isEmpty() || orderNo.get().equals(order.orderNo()))
        .toList();
  }

  private static void addIf(List<JsonNode> found, JsonNode command, String id) {
    if (command.path("commandId").asText().equals(id)) {
      found.add(command);
    }
  }

  private static OrderKey orderKey(String shop, String orderNo) {
    try {
      return new OrderKey(shop, orderNo);
    } catch (IllegalArgumentException e) {
      throw new BadQuestionException(
          Problem.badRequest(
              "this can be no order of a shop",
              "A shop has at most "
                  + LONGEST_SHOP
                  + " characters and no colon, an order number at most "
                  + LONGEST_ORDER_NO
                  + " characters, and neither has control characters."));
    }
  }

  /** What is said of an order that nobody knows, or that is another shop's. */
  static BadQuestionException unknownOrder() {
    return new BadQuestionException(
        Problem.notFound(
            "nothing is known of this order of this shop",
            "Order numbers are compared exactly, upper and lower case included. An order placed"
                + " moments ago may not have arrived: ask again, or look at"
                + " paidonce_projector_lag_seconds on the management port."));
  }
}
