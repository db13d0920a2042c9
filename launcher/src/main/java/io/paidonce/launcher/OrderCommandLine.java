package io.paidonce.launcher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.launcher.console.OrderText;
import io.paidonce.launcher.console.Progress;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.StoreLookup;
import io.paidonce.projector.TopicLookup;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One order's story in the terminal. */
@Command(
    name = "order",
    description = {
      "Tells an order's story by any of its ids: order number, transaction_id, refund id,"
          + " notification id or command id.",
      "Reads PostgreSQL; from the topics alone where that is away, which takes longer.",
      "Exit code 0 if it is found, 1 if not, or if the id is of several orders."
    },
    mixinStandardHelpOptions = true)
final class OrderCommandLine implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "ID", description = "Any id of it.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String id;

  @Option(names = "--shop", paramLabel = "SHOP", description = "Only orders of this shop.")
  private @Nullable String shop;

  @Option(names = "--json", description = "All that is known, as one JSON object.")
  private boolean json;

  @Option(names = "--from-topics", description = "Don't ask PostgreSQL.")
  private boolean fromTopics;

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<ProjectorConfig> projector = fromTopics ? Optional.empty() : file.projector();
    Optional<KafkaConfig> kafka = file.kafka();
    file.requireSound();
    if (projector.isPresent()) {
      try (StoreLookup store = new StoreLookup(projector.get())) {
        return answer(store.find(id), store::tell);
      } catch (SQLException e) {
        spec.commandLine()
            .getErr()
            .println(
                "paidonce: PostgreSQL does not answer ("
                    + e.getMessage()
                    + "); reading the topics instead");
      }
    }
    Progress progress = Progress.onStandardError();
    try (TopicLookup topics =
        new TopicLookup(
            kafka.orElseThrow().bootstrapServers(),
            read -> progress.show(String.format(Locale.ROOT, "%,d records read", read)))) {
      return answer(topics.find(id), topics::tell);
    } finally {
      progress.done();
    }
  }

  private interface Teller {
    Optional<ObjectNode> tell(OrderKey order) throws SQLException;
  }

  private int answer(Map<OrderKey, Set<String>> found, Teller teller) throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (shop != null) {
      found.keySet().removeIf(order -> !order.shop().equals(shop));
    }
    if (found.isEmpty()) {
      err.println(
          "paidonce: nothing is known under "
              + OrderText.safe(id)
              + (shop == null ? "" : " of shop " + OrderText.safe(shop))
              + "; ids are compared exactly, upper and lower case included");
      return Launcher.FAILED;
    }
    if (found.size() > 1) {
      err.println("paidonce: several orders have this id; name one with its number and --shop:");
      found.forEach(
          (order, kinds) ->
              err.println(
                  "  "
                      + OrderText.safe(order.toString())
                      + "  ("
                      + String.join(", ", kinds)
                      + ")"));
      return Launcher.FAILED;
    }
    for (OrderKey order : found.keySet()) {
      Optional<ObjectNode> story = teller.tell(order);
      if (story.isPresent()) {
        if (json) {
          out.println(story.get());
        } else {
          OrderText.lines(story.get()).forEach(out::println);
        }
      }
    }
    return 0;
  }
}
