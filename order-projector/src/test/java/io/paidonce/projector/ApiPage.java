package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The OpenAPI description of the query API, made of what the routes say of themselves. */
final class ApiPage {

  private static final Reply BAD =
      Reply.problem(400, "The field that is wrong, and how to mend it.");

  private ApiPage() {}

  static String of(List<Route> routes) {
    StringBuilder page =
        new StringBuilder(
            """
            # Rendered from the routes of the query API by ApiPageTest; do not edit.
            openapi: 3.1.0
            info:
              title: Query API
              version: "1"
              description: >-
                Any order's story, lists, and what operators do. Parameters that are not known are refused.
                Explained in query-api.md.
            security: [{bearer: []}]
            paths:
            """);
    Map<String, List<Route>> byPath = new TreeMap<>();
    routes.forEach(r -> byPath.computeIfAbsent(r.toString(), p -> new ArrayList<>()).add(r));
    byPath.forEach(
        (path, here) -> {
          page.append("  ").append(path).append(":\n");
          here.forEach(route -> page.append(operation(route)));
        });
    page.append(
        """
        components:
          securitySchemes:
            bearer: {type: http, scheme: bearer}
          schemas:
        """);
    schemas().forEach((name, schema) -> line(page, 4, name, schema));
    return page.toString();
  }

  /** Every answer that a route may give. */
  static Map<Integer, Reply> replies(Route route) {
    Map<Integer, Reply> replies = new TreeMap<>();
    List<Reply> common = new ArrayList<>();
    common.add(BAD);
    common.add(Reply.problem(401, "No token that is accepted here."));
    common.add(Reply.problem(404, "Nothing known, or nothing for this token's eyes."));
    common.add(Reply.problem(500, "A bug."));
    common.add(Reply.problem(503, "PostgreSQL or Kafka does not answer, or too many ask; retry."));
    if (!route.body().isEmpty()) {
      common.add(Reply.problem(403, "Not with this token."));
      common.add(Reply.problem(408, "The body did not arrive in time; retry."));
      common.add(Reply.problem(413, "The body is too large."));
      common.add(Reply.problem(415, "The body is no application/json."));
    }
    common.forEach(reply -> replies.put(reply.status(), reply));
    route.replies().forEach(reply -> replies.put(reply.status(), reply));
    return replies;
  }

  private static String operation(Route route) {
    StringBuilder text = new StringBuilder();
    text.append("    ").append(route.method().name().toLowerCase(Locale.ROOT));
    text.append(":\n      summary: ").append(quoted(route.summary())).append('\n');
    text.append("      parameters:\n");
    for (String part : route.openParts()) {
      parameter(
          text, Param.text(part, Route.LONGEST_SEGMENT, "Percent-encoded.").required(), "path");
    }
    route.params().forEach(param -> parameter(text, param, "query"));
    if (HttpMethod.POST.equals(route.method())) {
      if (!route.toString().contains("/proposals/")) {
        parameter(
            text,
            Param.text("Idempotency-Key", 200, "Or X-Request-ID: repeating it changes nothing.")
                .required(),
            "header");
      }
      text.append("      requestBody:\n        required: true\n        content: ");
      text.append("{\"application/json\": {\"schema\": ").append(body(route)).append("}}\n");
    } else if (route.openParts().isEmpty() && route.params().isEmpty()) {
      text.setLength(text.length() - "      parameters:\n".length());
    }
    text.append("      responses:\n");
    replies(route)
        .forEach(
            (status, reply) -> {
              text.append("        \"").append(status).append("\": {description: ");
              text.append(quoted(reply.about()));
              if (!reply.type().isEmpty()) {
                text.append(", content: {").append(quoted(reply.type())).append(": {schema: ");
                text.append(
                    reply.schema().isEmpty()
                        ? "{type: string}"
                        : "{$ref: \"#/components/schemas/" + reply.schema() + "\"}");
                text.append("}}");
              }
              text.append("}\n");
            });
    return text.toString();
  }

  private static void parameter(StringBuilder text, Param param, String where) {
    text.append("        - {name: ").append(param.name()).append(", in: ").append(where);
    text.append(", required: ").append(param.isRequired()).append(", description: ");
    text.append(quoted(param.about())).append(", schema: ").append(param.schema()).append("}\n");
  }

  private static ObjectNode body(Route route) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "object");
    body.put("additionalProperties", false);
    ArrayNode required = body.putArray("required");
    ObjectNode properties = body.putObject("properties");
    for (Param field : route.body()) {
      if (field.isRequired()) {
        required.add(field.name());
      }
      properties.set(field.name(), field.schema().deepCopy().put("description", field.about()));
    }
    return body;
  }

  /** Each schema by its name: the fields that its objects always have. */
  static Map<String, ObjectNode> schemas() {
    Map<String, ObjectNode> schemas = new TreeMap<>();
    schemas.put("Problem", fixed("type title detail hint", "status", "retryable"));
    schemas.put("State", fixed("shop orderNo status", "version", "isPaid isDecided"));
    schemas.put("Accepted", object("status"));
    schemas.put("Redriven", object("status"));
    schemas.put("Proposal", object("proposal action state reason proposedBy digest status"));
    schemas.put("Letter", object("id reason detail origin at"));
    schemas.put("Order", object("shop orderNo diagnosis story"));
    schemas.put("Choices", object("id isComplete orders"));
    schemas.put("Command", object("commandId shop orderNo kind actor outcome records"));
    schemas.put("CommandChoices", object("commandId isComplete commands"));
    schemas.put("Balances", object("balances"));
    for (Listing listing : Listing.ALL) {
      ObjectNode rows = JsonNodeFactory.instance.objectNode().put("type", "array");
      ObjectNode row = rows.putObject("items").put("type", "object");
      row.put("additionalProperties", false);
      ObjectNode columns = row.putObject("properties");
      listing.names().forEach(name -> columns.putObject(name));
      ObjectNode page = object(listing.name());
      page.putObject("properties").set(listing.name(), rows);
      page.withObject("/properties").putObject("next").put("type", "string");
      schemas.put(listing.name() + "Page", page);
    }
    return schemas;
  }

  private static ObjectNode object(String required) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ArrayNode names = schema.putArray("required");
    List.of(required.split(" ", -1)).forEach(names::add);
    return schema;
  }

  private static ObjectNode fixed(String texts, String numbers, String flags) {
    ObjectNode schema = object(texts + " " + numbers + " " + flags);
    ObjectNode properties = schema.putObject("properties");
    for (String name : texts.split(" ", -1)) {
      properties.putObject(name).put("type", "string");
    }
    for (String name : numbers.split(" ", -1)) {
      properties.putObject(name).put("type", "integer");
    }
    for (String name : flags.split(" ", -1)) {
      properties.putObject(name).put("type", "boolean");
    }
    return schema;
  }

  private static void line(StringBuilder page, int indent, String name, ObjectNode value) {
    page.append(" ".repeat(indent)).append(name).append(": ").append(value).append('\n');
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }
}
