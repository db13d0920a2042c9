package io.paidonce.launcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.launcher.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration in {@code infra/compose} must fit the keys that are made for it. */
final class ThrowAwaySecretsTest {

  private static final Path COMPOSE = Path.of("../infra/compose");

  @TempDir private Path directory;

  @Test
  void composeServesTheSimulatorsAccountsWithTheirKeys() throws IOException {
    Path secrets = directory.resolve("secrets");
    ThrowAwaySecrets.make(secrets);
    Path config = Files.copy(COMPOSE.resolve("paidonce.yaml"), directory.resolve("paidonce.yaml"));
    ConfigFile file = ConfigFile.read(config, Map.of("HOSTNAME", "streams-1"));
    file.gateway();
    file.streams();
    file.projector();
    file.requireSound();
    ConfigFile made = ConfigFile.read(secrets.resolve("accounts.yaml"), Map.of());
    // After these stand accounts that only simulate callback plays.
    assertThat(file.accounts())
        .hasSize(4)
        .usingRecursiveComparison()
        .isEqualTo(made.accounts().subList(0, 4));
  }

  @Test
  void composeNamesOnlySecretsThatAreMade() throws IOException {
    ThrowAwaySecrets.make(directory);
    try (Stream<String> lines = Files.lines(COMPOSE.resolve("compose.yaml"))) {
      assertThat(lines.filter(line -> line.contains("{file: ./secrets/")))
          .hasSize(7)
          .map(line -> line.replaceAll(".*/secrets/|}", ""))
          .allMatch(name -> Files.exists(directory.resolve(name)));
    }
  }

  @Test
  void keysInUseAreKept() throws IOException {
    ThrowAwaySecrets.make(directory);
    String password = Files.readString(directory.resolve("postgres-password.txt"));
    assertThatThrownBy(() -> ThrowAwaySecrets.make(directory)).hasMessageContaining("already");
    assertThat(directory.resolve("postgres-password.txt")).hasContent(password);
  }
}
