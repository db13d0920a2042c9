package io.paidonce.gateway;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI description of commands by HTTP is rendered from the tables that the code goes by, so
 * that it can't tell otherwise. {@code mvn test -Dpaidonce.render=true} writes it anew.
 */
class OrdersApiPageTest {

  private static final Path PAGE = Path.of("../docs/reference/orders-api.yaml");

  @Test
  void theApiIsAsDescribed() throws IOException {
    String rendered = rendered();
    if (Boolean.getBoolean("paidonce.render")) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE))
        .as("render it with -Dpaidonce.render=true")
        .isEqualTo(rendered);
  }

  private static String rendered() {
    StringBuilder page =
        new StringBuilder(
            """
            # Rendered from OrderAction, CommandField and CommandProblem by OrdersApiPageTest; do not edit.
            openapi: 3.1.0
            info:
              title: Commands by HTTP
              version: "1"
              description: >-
                For order services without a Kafka client. 202 says that the command is stored, and nothing
                of what becomes of it: that is read at its status URL. The same command with the same id is
                always safe to send again.
            security: [{bearer: []}]
            paths:
            """);
    for (OrderAction action : OrderAction.values()) {
      page.append(path(action));
    }
    page.append(
        """
        components:
          securitySchemes:
            bearer: {type: http, scheme: bearer}
          parameters:
            shop: {name: shop, in: path, required: true, schema: {type: string}}
            orderNo: {name: orderNo, in: path, required: true, schema: {type: string}}
            commandId:
              name: Idempotency-Key
              in: header
              required: true
              description: The command's id, unique within the order; X-Request-ID serves as well.
              schema: {type: string, minLength: 1, maxLength: 200}
          schemas:
            Accepted:
              type: object
              required: [commandId, shop, orderNo, status]
              properties:
                commandId: {type: string}
                shop: {type: string}
                orderNo: {type: string}
                status: {type: string, description: Where what becomes of it is read.}
            Problem:
              type: object
              required: [type, title, status, retryable]
              properties:
                type: {type: string}
                title: {type: string}
                status: {type: integer}
                retryable: {type: boolean, description: Whether the same request may go well later.}
                detail: {type: string, description: Which field it is.}
        """);
    page.append(schema("Place", CommandField.OF_PLACE));
    page.append(schema("Policy", CommandField.OF_POLICY));
    page.append(schema("Change", CommandField.OF_CHANGE));
    return page.toString();
  }

  private static String path(OrderAction action) {
    boolean place = action == OrderAction.PLACE;
    StringBuilder path = new StringBuilder();
    path.append("  ")
        .append(OrderRoute.ORDERS)
        .append(place ? "" : "/{shop}/{orderNo}/" + action.segment())
        .append(":\n    post:\n      operationId: ")
        .append(action.segment())
        .append("\n      summary: ")
        .append(action.sentence())
        .append("\n      parameters:\n");
    for (String parameter :
        place ? List.of("commandId") : List.of("shop", "orderNo", "commandId")) {
      path.append("        - {$ref: '#/components/parameters/").append(parameter).append("'}\n");
    }
    path.append("      requestBody:\n        required: ")
        .append(place)
        .append(
            "\n        content: {application/json: {schema: {$ref: '#/components/schemas/"
                + (place ? "Place" : "Change")
                + "'}}}\n      responses:\n        \"202\":\n          description: Kafka has"
                + " stored it.\n          headers: {Location: {schema: {type: string}}}\n         "
                + " content: {application/json: {schema: {$ref:"
                + " '#/components/schemas/Accepted'}}}\n");
    TreeMap<Integer, String> problems = new TreeMap<>();
    for (CommandProblem problem : CommandProblem.values()) {
      problems.merge(
          problem.status(),
          problem.type() + ": " + problem.sentence() + (problem.retryable() ? " (retryable)" : ""),
          (one, other) -> one + " " + other);
    }
    problems.forEach(
        (status, told) ->
            path.append("        \"")
                .append(status)
                .append("\":\n          description: \"")
                .append(told)
                .append(
                    "\"\n          content: {application/problem+json: {schema: {$ref:"
                        + " '#/components/schemas/Problem'}}}\n"));
    return path.toString();
  }

  private static String schema(String name, List<CommandField> fields) {
    StringBuilder schema = new StringBuilder("    " + name + ":\n      type: object\n");
    schema.append("      additionalProperties: false\n");
    String required =
        fields.stream()
            .filter(CommandField::required)
            .map(CommandField::name)
            .collect(joining(", "));
    if (!required.isEmpty()) {
      schema.append("      required: [").append(required).append("]\n");
    }
    schema.append("      properties:\n");
    for (CommandField field : fields) {
      schema.append("        ").append(field.name()).append(":\n");
      if (field.equals(CommandField.POLICY)) {
        schema.append("          $ref: '#/components/schemas/Policy'\n");
      } else {
        schema.append("          type: ").append(field.type()).append("\n");
      }
      if (field.type().equals("array")) {
        schema.append("          items: {type: string}\n");
      }
      schema.append("          description: \"").append(field.about()).append("\"\n");
    }
    return schema.toString();
  }

  @Test
  void everyProblemIsOfItsOwnTypeAndOnlyOursMayBeRepeated() {
    assertThat(Arrays.stream(CommandProblem.values()).map(CommandProblem::type))
        .doesNotHaveDuplicates();
    for (CommandProblem problem : CommandProblem.values()) {
      assertThat(problem.retryable())
          .as("%s", problem)
          .isEqualTo(problem.status() == 503 || problem.status() == 408);
    }
  }
}
