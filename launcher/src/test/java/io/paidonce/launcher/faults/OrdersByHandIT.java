package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person on call asks by hand, and what comes of it in the read store. */
@Tag("proof")
final class OrdersByHandIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final FaultStack stack = SharedStack.get();
  private final String orderNo = "by-hand-" + UUID.randomUUID();

  @TempDir private Path directory;

  @Test
  void aRefusedCommandIsAnExceptionThatAPersonResolves() throws IOException {
    // The checker wants a journal of what providers sent.
    stack.load(Point.first().random("by hand"), Duration.ofSeconds(1)).finish();
    Path file = directory.resolve("orders.csv");
    Files.writeString(file, "shop,order_no,amount,currency\ntea," + orderNo + ",1999,CNY\n");
    assertThat(paidonce("orders", "import", file.toString()).exitCode()).isZero();
    assertThat(orders("ship", "--by", "ann", "--why", "it left already").exitCode()).isZero();
    List<String> open = awaitExceptions("OPEN");
    assertThat(open).hasSize(1);

    CommandRun nameless = orders("resolve", open.get(0), "--why", "a typing error");
    assertThat(nameless.exitCode()).isEqualTo(2);
    assertThat(nameless.err()).anyMatch(line -> line.contains("--by"));

    CommandRun run =
        orders("resolve", open.get(0), "--revision", "1", "--by", "ann", "--why", "a typing error");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsExactly("Asked to resolve tea:" + orderNo + ".");
    assertThat(awaitExceptions("RESOLVED")).isEqualTo(open);
    assertThat(evidence(open.get(0))).contains("ann", "a typing error");
    stack.requireThePromise();
  }

  private CommandRun orders(String what, String... more) {
    return paidonce(
        Stream.concat(Stream.of("orders", what, "tea", orderNo), Stream.of(more))
            .toArray(String[]::new));
  }

  private CommandRun paidonce(String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(arguments), Stream.of("--bootstrap-server", stack.bootstrapServers()))
            .toArray(String[]::new));
  }

  private List<String> awaitExceptions(String state) {
    List<String> found = new ArrayList<>();
    Await.until(
        "an exception that is " + state,
        SOON,
        () -> {
          found.addAll(
              strings(
                  "SELECT exception_id FROM payment_exceptions"
                      + " WHERE order_no = ? AND state = ?",
                  orderNo,
                  state));
          return !found.isEmpty();
        });
    return found;
  }

  private String evidence(String exceptionId) {
    return strings("SELECT evidence FROM payment_exceptions WHERE exception_id = ?", exceptionId)
        .get(0);
  }

  private List<String> strings(String query, String... arguments) {
    try (Connection connection = stack.connect();
        PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < arguments.length; i++) {
        select.setString(i + 1, arguments[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
