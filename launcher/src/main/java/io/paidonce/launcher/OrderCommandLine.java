package io.paidonce.launcher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.launcher.console.OrderText;
import io.paidonce.projector.ProjectorConfig;
import java.io.PrintWriter;
import java.util.Optional;
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
    Optional<ObjectNode> story =
        new OrderStories(
                projector,
                kafka.orElseThrow().bootstrapServers(),
                shop,
                spec.commandLine().getErr())
            .find(id);
    if (story.isEmpty()) {
      return Launcher.FAILED;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(story.get());
    } else {
      OrderText.lines(story.get()).forEach(out::println);
    }
    return 0;
  }
}
