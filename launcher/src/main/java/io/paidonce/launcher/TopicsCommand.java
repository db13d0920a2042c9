package io.paidonce.launcher;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The topics that {@link Topics} declares: made, compared, shown. */
@Command(
    name = "topics",
    description = "Creates the topics, compares a cluster with them, or lists them.",
    mixinStandardHelpOptions = true)
final class TopicsCommand {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  /** A cluster and how its topics are to be replicated. */
  static final class Cluster {
    @Mixin private final KafkaOption kafka = new KafkaOption();

    @Option(
        names = "--replication-factor",
        paramLabel = "N",
        description =
            "Copies of each partition. From 3 on, two must have a record before it is"
                + " acknowledged; 1 is for one machine. Default: kafka.replicationFactor of the"
                + " configuration, else 3.")
    private @Nullable Integer replicationFactor;

    private int copies() {
      return replicationFactor == null ? kafka.replicationFactor() : replicationFactor;
    }

    List<String> ask(Function<TopicsAdmin, List<String>> question) {
      try (Admin admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  kafka.bootstrapServers(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "paidonce-topics"))) {
        return question.apply(new TopicsAdmin(admin, copies()));
      }
    }
  }

  @Command(
      name = "apply",
      description = "Creates what is missing and sets what differs; never changes partitions.",
      mixinStandardHelpOptions = true)
  void apply(@Mixin Cluster cluster) {
    List<String> changes = cluster.ask(TopicsAdmin::apply);
    PrintWriter out = spec.commandLine().getOut();
    changes.forEach(out::println);
    out.println(
        changes.isEmpty()
            ? "Nothing to do: all " + Topics.all().size() + " topics are as declared."
            : "Done.");
  }

  @Command(
      name = "check",
      description = "Says where the cluster differs; exit code 1 if it does.",
      mixinStandardHelpOptions = true)
  int check(@Mixin Cluster cluster) {
    List<String> differences = cluster.ask(TopicsAdmin::check);
    PrintWriter out = spec.commandLine().getOut();
    differences.forEach(out::println);
    if (differences.isEmpty()) {
      out.println("All " + Topics.all().size() + " topics are as declared.");
    }
    return differences.isEmpty() ? 0 : Launcher.FAILED;
  }

  @Command(
      name = "list",
      description = "Shows the declared topics; asks no cluster.",
      mixinStandardHelpOptions = true)
  void list() {
    PrintWriter out = spec.commandLine().getOut();
    String row = "%-22s %-32s %10s  %s%n";
    out.printf(Locale.ROOT, row, "TOPIC", "KEY", "PARTITIONS", "WHAT");
    for (Topic<?> topic : Topics.all()) {
      out.printf(Locale.ROOT, row, topic.name(), topic.key(), topic.partitions(), topic.about());
    }
  }
}
