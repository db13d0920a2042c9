package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LauncherTest {

  @TempDir private Path directory;

  private record Run(int exitCode, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Launcher.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  @Test
  void withoutARoleTheRolesAreShown() {
    Run run = run();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("quickstart", "gateway", "streams", "projector", "reconcile", "verify", "replay");
  }

  @Test
  void theDeclaredTopicsAreListedWithoutACluster() {
    Run run = run("topics", "list");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactlyElementsOf(Topics.all().stream().map(t -> t.name()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gateway", "streams", "projector", "reconcile", "verify", "replay", "rebuild"})
  void aRoleRefusesABadConfigurationAndSaysWhere(String role) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.yaml"),
            """
            kafka: {bootstrapServers: "${PAIDONCE_TEST_NOT_SET}"}
            gateway: {callbacks: {port: 80a}}
            streams: {threads: many}
            projector: {api: 80}
            reconciler: {threads: many}
            shops: [{id: tea}]
            accounts: [{protocol: wechat-v9, id: x, shop: tea}]
            """);
    Run run = run(role, "--config", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("paidonce: " + file + ": ")
        .contains("nothing was started")
        .contains("environment variable PAIDONCE_TEST_NOT_SET is not set")
        .doesNotContain("Exception");
  }

  @Test
  void aMissingConfigurationIsOneSentence() {
    Run run = run("gateway", "--config", directory.resolve("none.yaml").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("none.yaml: 1 problem").contains("the file does not exist");
  }

  @Test
  void anImportWithABadLineWritesNothing() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("orders.csv"),
            "shop,order_no,amount,currency\ntea,A-1,1,CNY\ntea,A-2,1.5,CNY\n");
    // No broker listens there: were anything written, the exit code would be another.
    Run run = run("orders", "import", file.toString(), "--bootstrap-server", "127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("line 3, amount")
        .contains("nothing was written; problems found: 1");
  }

  @Test
  void aRedriveThatIsNotThoughtThroughIsRefusedBeforeKafkaIsAsked() {
    // No broker listens there: were it asked, the exit code would be another.
    String[] kafka = {"--bootstrap-server", "127.0.0.1:1"};
    assertThat(redrive(kafka).err()).contains("name ids, or --all");
    assertThat(redrive(kafka, "3:17", "--all").err()).contains("name ids, or --all");
    assertThat(redrive(kafka, "3:17", "--since", "12h").err()).contains("need --all");
    assertThat(redrive(kafka, "3:17", "--yes").err()).contains("--by NAME and --why TEXT");
    assertThat(redrive(kafka, "3:17", "--yes", "--by", "me").err()).contains("--why TEXT");
    assertThat(redrive(kafka, "3-17").err()).contains("looks like 3:17");
    assertThat(redrive(kafka, "12:1").err()).contains("partitions 0 to 11");
    assertThat(redrive(kafka, "--all", "--since", "soon").err()).contains("90m, 12h or 7d");
    assertThat(redrive(kafka, "--all", "--reason", "BAD").exitCode()).isEqualTo(2);
  }

  private static Run redrive(String[] kafka, String... arguments) {
    Run run =
        run(
            Stream.of(Stream.of("deadletters", "redrive"), Stream.of(kafka), Stream.of(arguments))
                .flatMap(words -> words)
                .toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    return run;
  }

  @Test
  void quickstartRefusesOptionsThatExcludeEachOther() {
    assertThat(run("quickstart", "--no-demo", "--exit-after-demo").err())
        .contains("exclude each other");
    assertThat(run("quickstart", "--config", "x.yaml").err()).contains("--config needs --no-demo");
    assertThat(run("quickstart", "--orders", "0").err()).contains("--orders must be at least 1");
  }
}
