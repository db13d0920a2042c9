package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The description of the API is what its routes say of themselves. {@code mvn test
 * -Dpaidonce.render=true} writes it anew.
 */
class ApiPageTest {

  private static final Path PAGE = Path.of("../docs/reference/query-api.yaml");

  private final Vertx vertx = Vertx.vertx();
  private final List<Route> routes =
      TestStack.routes(
          TestStack.config(
              "unused:9092", new Tables("jdbc:postgresql://unused/x", "u", "p"), "g", null),
          vertx,
          new PGSimpleDataSource(),
          command -> {},
          (letter, actor, why) -> {});

  @AfterEach
  void close() {
    Listening.await(vertx.close());
  }

  @Test
  void theApiIsAsDescribed() throws IOException {
    String rendered = ApiPage.of(routes);
    if (Boolean.getBoolean("paidonce.render")) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE))
        .as("render it with -Dpaidonce.render=true")
        .isEqualTo(rendered);
  }

  @Test
  void everySchemaThatAnAnswerNamesIsDescribedAndNoOther() {
    Set<String> named =
        routes.stream()
            .flatMap(route -> ApiPage.replies(route).values().stream())
            .map(Reply::schema)
            .filter(schema -> !schema.isEmpty())
            .collect(Collectors.toSet());
    assertThat(ApiPage.schemas().keySet()).containsExactlyInAnyOrderElementsOf(named);
  }
}
