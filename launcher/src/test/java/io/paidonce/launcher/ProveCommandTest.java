package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderKey;
import io.paidonce.reconciler.proof.ProofMaker;
import io.paidonce.reconciler.proof.SignedTraffic;
import io.paidonce.reconciler.replay.MemoryLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The check at a stranger's: a file and nothing else. */
class ProveCommandTest {

  @TempDir private static Path directory;
  private static MemoryLog log;

  @BeforeAll
  static void play() {
    log = SignedTraffic.play(directory.resolve("state"));
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Launcher.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    return new Run(commandLine.execute(texts), out.toString(), err.toString());
  }

  private static byte[] bundle(OrderKey order) {
    return ProofMaker.make(
            log,
            order,
            SignedTraffic.places(log, order),
            new ProofMaker.Keys(SignedTraffic.accounts(), Map.of()),
            SignedTraffic.START,
            read -> {})
        .zip()
        .bytes();
  }

  @Test
  void aBundleThatHoldsEndsWithZeroAndItsSeal() throws IOException {
    Path file = Files.write(directory.resolve("good.zip"), bundle(SignedTraffic.ALIPAY));
    Run run = run("prove", "--check", file);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("order tea:B1").contains("The bundle holds.");
    assertThat(run.out()).containsPattern("seal [0-9a-f]{64}");
    Run json = run("prove", "--json", "--check", file);
    assertThat(json.exitCode()).isZero();
    assertThat(json.out()).startsWith("{").contains("\"order\":\"tea:B1\"");
  }

  @Test
  void aBundleThatWasChangedEndsWithOneAndSaysWhere() throws IOException {
    byte[] bytes = bundle(SignedTraffic.ALIPAY);
    bytes[bytes.length / 2] ^= 1;
    Path file = Files.write(directory.resolve("changed.zip"), bytes);
    Run run = run("prove", "--check", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("FAILS").contains("entry records/").contains("does not hold");
  }

  @Test
  void whatAStrangerCantCheckEndsWithTwo() throws IOException {
    Path file = Files.write(directory.resolve("v2.zip"), bundle(SignedTraffic.WECHAT_V2));
    Run run = run("prove", "--check", file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("can't be told").contains("symmetric");
  }

  @Test
  void whatIsNoBundleIsOneSentence() throws IOException {
    Path text = Files.writeString(directory.resolve("text.zip"), "not a zip");
    assertThat(run("prove", "--check", text).out()).contains("byte 0");
    Run absent = run("prove", "--check", directory.resolve("none.zip"));
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).contains("there is no file").doesNotContain("Exception");
  }

  @Test
  void anOrderOrABundleIsNamedAndNotBoth() {
    assertThat(run("prove").exitCode()).isEqualTo(2);
    assertThat(run("prove").err()).contains("name either an order, or with --check a bundle");
    assertThat(run("prove", "B1", "--check", "x.zip").exitCode()).isEqualTo(2);
  }

  @Test
  void theShopMayStandBeforeTheNumber() {
    assertThat(ProveCommand.Wanted.of("tea:B1", null))
        .isEqualTo(new ProveCommand.Wanted("B1", "tea"));
    assertThat(ProveCommand.Wanted.of("B:1", "tea"))
        .isEqualTo(new ProveCommand.Wanted("B:1", "tea"));
    assertThat(ProveCommand.Wanted.of("B1", null)).isEqualTo(new ProveCommand.Wanted("B1", null));
  }

  @Test
  void theFileIsNamedAfterTheOrderAndLeadsNowhereElse() {
    assertThat(ProveCommand.fileName(new OrderKey("tea", "../a/b c")))
        .isEqualTo("proof-tea-.._a_b_c.zip");
  }
}
