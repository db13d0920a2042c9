package io.paidonce.launcher.quickstart;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.verifier.Report;
import io.paidonce.verifier.Verification;
import io.paidonce.verifier.VerifierConfig;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** One run from start to stop, as a person at a terminal sees it. */
public final class QuickstartRun {

  private static final Duration QUIESCE_WITHIN = Duration.ofSeconds(30);

  private final QuickstartSettings settings;
  private final Console console;

  public QuickstartRun(QuickstartSettings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /**
   * The scenario to play.
   *
   * @param thenStop whether the run ends after it, instead of staying up
   */
  public record DemoSettings(long seed, int orders, boolean thenStop) {}

  /**
   * Returns when told to stop, or after the demo.
   *
   * @return whether the promise held, as far as it was checked
   */
  public boolean run(Optional<DemoSettings> demo)
      throws IOException, SQLException, InterruptedException {
    try (StopSignal signal = StopSignal.toThisThread()) {
      try (Quickstart quickstart = Quickstart.start(settings, console)) {
        if (demo.isEmpty()) {
          ready(quickstart);
          return stayUp(quickstart);
        }
        Report report = demonstrate(quickstart, demo.get());
        return demo.get().thenStop() ? report.holds() : stayUp(quickstart);
      } catch (InterruptedException | RuntimeException e) {
        if (!signal.received()) {
          throw e;
        }
        console.say("");
        console.say("Stopped.");
        return true;
      }
    }
  }

  private Report demonstrate(Quickstart quickstart, DemoSettings demo)
      throws IOException, SQLException, InterruptedException {
    Summary summary = new Summary(console);
    console.say("");
    console.say(
        "Playing "
            + demo.orders()
            + " orders (seed "
            + demo.seed()
            + "): WeChat Pay and Alipay notify, twice at once, late, before the order, probing;"
            + " forgers try too");
    summary.whatHappened(quickstart.demo().play(demo.seed(), demo.orders(), console));
    Optional<LostCallbacks> lost = quickstart.lostCallbacks();
    if (lost.isPresent()) {
      summary.lostCallbacks(lost.get().play());
    }
    Report report = verify(quickstart);
    summary.verdict(report);
    if (!demo.thenStop()) {
      summary.whereToLook(quickstart);
      yourTurn();
    }
    console.say("");
    console.say(report.toJson());
    return report;
  }

  private void ready(Quickstart quickstart) {
    console.say("");
    new Summary(console).addresses(quickstart);
    console.say("");
    console.say(
        "ready: callbacks "
            + quickstart.callbacksUrl()
            + " orders "
            + quickstart.apiUrl()
            + " kafka "
            + quickstart.bootstrapServers());
  }

  static Report verify(Quickstart quickstart) throws InterruptedException {
    ConfigFile file = ConfigFile.read(quickstart.config(), System.getenv());
    Optional<VerifierConfig> config =
        file.verifier(Optional.of(quickstart.journal()), QUIESCE_WITHIN);
    file.requireSound();
    return Verification.run(config.orElseThrow());
  }

  private void yourTurn() {
    console.say("");
    console.say("Your turn, in another terminal");
    console.say("  ./paidonce simulate --orders 20 --seed 7    more callbacks");
    console.say("  ./paidonce orders import FILE.csv           place your own orders");
    console.say("  ./paidonce verify                           check everything again");
    console.say("  Ctrl-C here                                 stop; the next start begins anew");
  }

  private boolean stayUp(Quickstart quickstart) throws InterruptedException {
    try {
      Throwable failure = quickstart.failure().toCompletableFuture().get();
      console.say("A role failed and quickstart stops: " + failure.getMessage());
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a role ended badly", e.getCause());
    }
  }
}
