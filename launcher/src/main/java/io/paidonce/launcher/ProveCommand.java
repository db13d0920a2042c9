package io.paidonce.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.launcher.console.OrderText;
import io.paidonce.launcher.console.Progress;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.reconciler.proof.Places;
import io.paidonce.reconciler.proof.ProofCheck;
import io.paidonce.reconciler.proof.ProofMaker;
import io.paidonce.reconciler.proof.ProofReport;
import io.paidonce.reconciler.replay.BrokerLog;
import io.paidonce.reconciler.replay.Log;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One order as a bundle that a stranger can check, and the check. */
@Command(
    name = "prove",
    description = {
      "Writes what proves an order: what providers signed, their public keys, what was made of it"
          + " and where it stands. Never a secret.",
      "With --check, checks such a bundle; needs no Kafka, no configuration and no network.",
      "Exit code 0: the bundle holds. 1: it does not, or none was made. 2: what can be checked"
          + " holds, and something can't be told, as evidence by a shared secret."
    },
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {

  // Its consumers join no group; how far streams has come is not asked.
  private static final String NO_GROUP = "";

  private final InstantSource clock = InstantSource.system();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description =
          "SHOP:ORDER_NO, or any id of the order: its number, transaction_id, refund id,"
              + " notification id or command id.")
  private @Nullable String id;

  @Option(names = "--check", paramLabel = "FILE", description = "Checks this bundle.")
  private @Nullable Path check;

  @Option(names = "--shop", paramLabel = "SHOP", description = "Only orders of this shop.")
  private @Nullable String shop;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the bundle goes. Default: proof-SHOP-ORDER_NO.zip here.")
  private @Nullable Path out;

  @Option(
      names = "--from-topics",
      description =
          "Don't ask PostgreSQL where the records are; search the topics, which takes long.")
  private boolean fromTopics;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (id != null && check == null) {
      return make(id);
    }
    if (id == null && check != null) {
      return check(check);
    }
    throw new ParameterException(
        spec.commandLine(), "name either an order, or with --check a bundle to be checked");
  }

  private int check(Path file) throws IOException {
    try {
      return tell(ProofCheck.check(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file);
    }
  }

  private int make(String wantedId) throws Exception {
    ConfigFile file = config.read();
    Optional<ProjectorConfig> store = fromTopics ? Optional.empty() : file.projector();
    Optional<KafkaConfig> kafka = file.kafka();
    ProofMaker.Keys keys = new ProofMaker.Keys(file.accounts(), file.keyEnds());
    file.requireSound();
    String servers = kafka.orElseThrow().bootstrapServers();
    Wanted wanted = Wanted.of(wantedId, shop);
    Optional<ObjectNode> story =
        new OrderStories(store, servers, wanted.shop(), spec.commandLine().getErr())
            .find(wanted.id());
    if (story.isEmpty()) {
      return Launcher.FAILED;
    }
    OrderKey order =
        new OrderKey(story.get().path("shop").asText(), story.get().path("orderNo").asText());
    Path target = out == null ? Path.of(fileName(order)) : out;
    Progress progress = Progress.onStandardError();
    ProofMaker.Made made;
    try (Log log = BrokerLog.of(servers, NO_GROUP)) {
      made =
          ProofMaker.make(
              log,
              order,
              Places.of(story.get()),
              keys,
              clock.instant(),
              read ->
                  progress.show(
                      String.format(Locale.ROOT, "%,d records searched for its own", read)));
    } finally {
      progress.done();
    }
    write(target, made.zip().bytes());
    int exit = tell(made.report());
    spec.commandLine().getErr().println("paidonce: written to " + target);
    return exit;
  }

  /**
   * What is looked for.
   *
   * @param shop of it; absent for any
   */
  record Wanted(String id, @Nullable String shop) {
    // A colon may also stand in an id that is no order's key.
    static Wanted of(String id, @Nullable String shop) {
      int colon = id.indexOf(':');
      return shop == null && colon > 0 && colon < id.length() - 1
          ? new Wanted(id.substring(colon + 1), id.substring(0, colon))
          : new Wanted(id, shop);
    }
  }

  /** A name that every file system takes, and that leads nowhere. */
  static String fileName(OrderKey order) {
    return "proof-"
        + (order.shop() + "-" + order.orderNo()).replaceAll("[^A-Za-z0-9._-]", "_")
        + ".zip";
  }

  private static void write(Path target, byte[] zip) throws IOException {
    try {
      Files.write(target, zip, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          target + " is there already, and evidence is not overwritten; name another with --out");
    }
  }

  private int tell(ProofReport report) throws JsonProcessingException {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.println(JsonMapper.builder().build().writeValueAsString(report));
    } else {
      report.lines().forEach(line -> to.println(OrderText.safe(line)));
    }
    to.flush();
    return switch (report.outcome()) {
      case HOLDS -> 0;
      case FAILS -> Launcher.FAILED;
      case UNTOLD -> Launcher.MISUSED;
    };
  }
}
