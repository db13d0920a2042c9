package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.launcher.keys.KeyUse;
import io.paidonce.providers.KeyText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class KeysCommandTest {

  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

  @TempDir private Path directory;

  private static String yaml(String retiring) {
    return """
    kafka: {bootstrapServers: '127.0.0.1:1'}
    gateway: {retiringKeys: [%s]}
    shops: [{id: tea}]
    accounts:
      - {protocol: alipay, id: '2021', shop: tea, sellerId: '2088', alipayPublicKeys: [%s]}
    """
        .formatted(retiring, KeyText.publicKeyBase64(KeyText.newRsaKeyPair().getPublic()));
  }

  private int run(StringWriter out, String... arguments) {
    CommandLine line = Launcher.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    return line.execute(arguments);
  }

  @Test
  void listShowsWhatRetiringKeysAreNamedBy() throws Exception {
    Path config = Files.writeString(directory.resolve("c.yaml"), yaml(""));
    StringWriter shown = new StringWriter();
    assertThat(run(shown, "keys", "list", "--config", config.toString())).isZero();
    assertThat(shown.toString()).contains("alipay/2021").contains("no end");
    String id = shown.toString().replaceAll("(?s).*(sha256:[0-9a-f]{16}).*", "$1");
    String same = Files.readString(config);
    Files.writeString(
        config,
        same.replace(
            "retiringKeys: []",
            "retiringKeys: [{account: alipay/2021, key: '"
                + id
                + "', acceptUntil: '2099-01-01T00:00:00Z'}]"));
    StringWriter ending = new StringWriter();
    assertThat(run(ending, "keys", "list", "--config", config.toString())).isZero();
    assertThat(ending.toString()).contains(id).contains("2099-01-01T00:00:00Z  (");
  }

  @Test
  void aKeyThatNobodyHasIsAMisuse() throws Exception {
    Path config = Files.writeString(directory.resolve("c.yaml"), yaml(""));
    StringWriter said = new StringWriter();
    assertThat(run(said, "keys", "retire-check", "--config", config.toString(), "alipay/2021", "K"))
        .isEqualTo(Launcher.MISUSED);
    assertThat(said.toString()).contains("alipay/2021 has no key K");
  }

  @Test
  void theAnswerSaysFromWhenOn() {
    Duration plan = Duration.ofHours(24).plusMinutes(4);
    assertThat(KeysCommand.sentence(new KeyUse(NOW, plan), NOW))
        .isEqualTo(
            "Not before 2026-02-02T12:04:00Z: it last verified a callback at"
                + " 2026-02-01T12:00:00Z, and its provider may repeat a notice for 24 h 4 min.");
    assertThat(KeysCommand.sentence(new KeyUse(null, plan), NOW)).startsWith("It may go: ");
    assertThat(KeysCommand.condition(new KeyUse(null, plan), NOW))
        .contains("answered 503 since 2026-01-31T11:56:00Z", "UNDECIPHERABLE");
  }
}
