package io.paidonce.launcher;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.ServedKeys;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.keys.KeyName;
import io.paidonce.launcher.keys.KeyUse;
import io.paidonce.launcher.keys.NotificationSearch;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Protocols;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys that callbacks are verified with: which there are, and whether one may go. */
@Command(
    name = "keys",
    description = "Lists the keys that callbacks are verified with, or says whether one may go.",
    mixinStandardHelpOptions = true)
final class KeysCommand {

  private final InstantSource clock = InstantSource.system();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  @Command(
      name = "list",
      description = "Every key of every account with its last moment; asks nobody.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ConfigOption config) {
    PrintWriter out = spec.commandLine().getOut();
    String row = "%-34s %-44s %s%n";
    out.printf(Locale.ROOT, row, "ACCOUNT", "KEY", "UNTIL");
    for (ServedKeys.Key key : keys(config)) {
      Instant until = key.until();
      out.printf(
          Locale.ROOT,
          row,
          key.protocol() + "/" + key.account(),
          key.id(),
          until == null ? "no end" : until + daysLeft(until));
    }
  }

  @Command(
      name = "retire-check",
      description = {
        "Says whether retries signed by a key may still come: reads in payment-notifications when"
            + " it last verified a callback, and adds the provider's retry plan. What was answered"
            + " 503 is not there: let an outage, or UNDECIPHERABLE callbacks, pass first.",
        "Exit code 0: none can come, take it out. 1: not yet, and from when on."
      },
      mixinStandardHelpOptions = true)
  int retireCheck(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "ACCOUNT", description = "Such as wechat-v3/1900000001.")
          String account,
      @Parameters(paramLabel = "KEY", description = "Its id as keys list shows it.") String id) {
    KeyName key =
        keys(config).stream()
            .filter(k -> (k.protocol() + "/" + k.account()).equals(account) && k.id().equals(id))
            .map(k -> new KeyName(k.protocol(), k.account(), k.id()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        account + " has no key " + id + "; see: paidonce keys list"));
    Duration retries =
        Protocols.byId(key.protocol()).map(CallbackProtocol::retriesFor).orElseThrow();
    Instant now = clock.instant();
    Optional<Instant> last;
    try (NotificationSearch search = NotificationSearch.at(bootstrapServers(config))) {
      last = search.last(key, retries, now);
    }
    KeyUse use = new KeyUse(last.orElse(null), retries);
    PrintWriter out = spec.commandLine().getOut();
    out.println(sentence(use, now));
    if (use.mayRetire(now)) {
      out.println(condition(use, now));
    }
    return use.mayRetire(now) ? 0 : Launcher.FAILED;
  }

  // A callback that was answered 503 left nothing to be found, and its provider goes on repeating
  // it.
  static String condition(KeyUse use, Instant now) {
    return "Only what was stored is known: if callbacks of this account were answered 503 since "
        + now.minus(use.retries()).truncatedTo(ChronoUnit.SECONDS)
        + " (Kafka away, or UNDECIPHERABLE in rejections), wait as long from the last of them.";
  }

  static String sentence(KeyUse use, Instant now) {
    Instant last = use.last();
    String plan = use.retries().toHours() + " h " + use.retries().toMinutesPart() + " min";
    return last == null
        ? "It may go: it verified no callback in the last "
            + plan
            + ", for which its provider repeats what was not accepted."
        : (use.mayRetire(now) ? "It may go since " : "Not before ")
            + use.freeFrom(now).truncatedTo(ChronoUnit.SECONDS)
            + ": it last verified a callback at "
            + last.truncatedTo(ChronoUnit.SECONDS)
            + ", and its provider may repeat a notice for "
            + plan
            + ".";
  }

  private String daysLeft(Instant until) {
    return "  (" + ChronoUnit.DAYS.between(clock.instant(), until) + " days)";
  }

  private static List<ServedKeys.Key> keys(ConfigOption config) {
    ConfigFile file = config.read();
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    return ServedKeys.of(gateway.orElseThrow());
  }

  private static String bootstrapServers(ConfigOption config) {
    ConfigFile file = config.read();
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    return gateway.orElseThrow().bootstrapServers();
  }
}
