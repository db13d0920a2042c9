package io.paidonce.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.launcher.console.OrderText;
import io.paidonce.launcher.notifications.NotificationPlace;
import io.paidonce.launcher.notifications.NotificationText;
import io.paidonce.launcher.notifications.Resubmit;
import io.paidonce.launcher.notifications.StoredNotification;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.replay.BrokerLog;
import io.paidonce.reconciler.replay.Log;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Single notifications, as they are kept. */
@Command(
    name = "notification",
    description = "Shows one notification, verifies it again, or writes it again.",
    mixinStandardHelpOptions = true)
final class NotificationCommand {

  private static final String NO_GROUP = "";

  private final InstantSource clock = InstantSource.system();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  /** Which notification. */
  static final class Wanted {
    @Parameters(
        paramLabel = "ID",
        description =
            "Where it stands, like 3:17 or payment-notifications-3@17; or its provider's id of it,"
                + " its delivery's id, or any id of its order where that was told of once.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String id;

    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(names = "--shop", paramLabel = "SHOP", description = "Only orders of this shop.")
    private @Nullable String shop;

    @Option(
        names = "--from-topics",
        description = "Don't ask PostgreSQL; read the topics, which takes longer.")
    private boolean fromTopics;
  }

  /** What was found: at least one. */
  private record Found(List<StoredNotification> notifications, @Nullable JsonNode story) {}

  @Command(
      name = "show",
      description = {
        "Shows what was received, where it stands, its identity and what became of it.",
        "Personal data is masked. Exit code 1 if there is none."
      },
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Wanted wanted,
      @Option(names = "--full", description = "The whole body, personal data included.")
          boolean full)
      throws SQLException {
    Optional<Found> found = find(wanted);
    found.ifPresent(
        known ->
            known
                .notifications()
                .forEach(one -> say(NotificationText.show(one, known.story(), full))));
    return found.isPresent() ? 0 : Launcher.FAILED;
  }

  @Command(
      name = "reverify",
      description = {
        "Verifies its raw evidence again, with the key that was valid when it was received.",
        "Exit code 0: it is what its provider said. 1: it is not, or there is none. 2: it can't be"
            + " told, since its key or account is not configured any more."
      },
      mixinStandardHelpOptions = true)
  int reverify(@Mixin Wanted wanted) throws SQLException {
    ConfigFile file = wanted.config.read();
    List<AccountConfig> accounts = file.accounts();
    Map<String, Map<String, Instant>> ends = file.keyEnds();
    file.requireSound();
    Optional<Found> found = find(wanted);
    if (found.isEmpty()) {
      return Launcher.FAILED;
    }
    EvidenceCheck evidence = EvidenceCheck.of(accounts, ends);
    int exit = 0;
    for (StoredNotification one : found.get().notifications()) {
      EvidenceCheck.Judgement judgement = evidence.judge(one.value());
      say(List.of(one.at() + ": " + sentence(judgement, one.value())));
      int code = judgement.fault().isEmpty() ? 0 : judgement.isUntold() ? 2 : 1;
      exit = exit == Launcher.FAILED || code == Launcher.FAILED ? Launcher.FAILED : exit | code;
    }
    return exit;
  }

  static String sentence(EvidenceCheck.Judgement judgement, PaymentNotification told) {
    if (judgement.fault().isPresent()) {
      return (judgement.isUntold() ? "can't be told: " : "FORGED or changed: ")
          + judgement.fault().get();
    }
    return switch (told.authentication()) {
      case SIGNED -> "it is what the provider signed, with key " + told.evidence().keyId();
      case UNSIGNED -> "it decrypts as it did; this kind is not signed, and changes nothing alone";
      case OWN -> "it is our own word on what came of asking, and no evidence";
    };
  }

  @Command(
      name = "resubmit",
      description = {
        "Writes it to payment-notifications again, with who did it and why; the order's story shows"
            + " both.",
        "Harmless: it is known by its identity, so that what was taken in before is a repetition."
            + " What streams lost is taken in by it."
      },
      mixinStandardHelpOptions = true)
  int resubmit(
      @Mixin Wanted wanted,
      @Option(
              names = "--by",
              required = true,
              paramLabel = "NAME",
              description = "Who does it, kept with the record.")
          String by,
      @Option(
              names = "--why",
              required = true,
              paramLabel = "TEXT",
              description = "Why, kept with the record.")
          String why)
      throws SQLException {
    Optional<Found> found = find(wanted);
    if (found.isEmpty()) {
      return Launcher.FAILED;
    }
    List<StoredNotification> several = found.get().notifications();
    if (several.size() > 1) {
      err().println("paidonce: several have this id; name one by where it stands:");
      several.forEach(one -> err().println("  " + one.at() + "  " + one.value().receivedAt()));
      return Launcher.FAILED;
    }
    StoredNotification one = several.get(0);
    try (Resubmit resubmit = Resubmit.at(servers(wanted))) {
      RecordCoordinates now = resubmit.run(one, by, why, clock.instant());
      say(List.of(one.at() + " was written again, as " + now));
    }
    return 0;
  }

  private static String servers(Wanted wanted) {
    ConfigFile file = wanted.config.read();
    Optional<KafkaConfig> kafka = file.kafka();
    file.requireSound();
    return kafka.orElseThrow().bootstrapServers();
  }

  private Optional<Found> find(Wanted wanted) throws SQLException {
    ConfigFile file = wanted.config.read();
    Optional<ProjectorConfig> store = wanted.fromTopics ? Optional.empty() : file.projector();
    file.requireSound();
    String servers = servers(wanted);
    try (Log log = BrokerLog.of(servers, NO_GROUP)) {
      Optional<RecordCoordinates> place = NotificationPlace.of(wanted.id);
      if (place.isEmpty()) {
        OrderStories stories = new OrderStories(store, servers, wanted.shop, err());
        return stories.find(wanted.id).flatMap(story -> ofStory(log, story, wanted.id));
      }
      return atPlace(log, place.get())
          .map(one -> new Found(List.of(one), story(store, servers, one.value())));
    }
  }

  private Optional<StoredNotification> atPlace(Log log, RecordCoordinates place) {
    Optional<StoredNotification> found = log.record(place).map(StoredNotification::of);
    if (found.isEmpty()) {
      err().println("paidonce: no notification is kept at " + place);
    }
    return found;
  }

  // Asked only for what became of it: the notification is there without it.
  private @Nullable JsonNode story(
      Optional<ProjectorConfig> store, String servers, PaymentNotification told) {
    String orderNo = told.orderNo();
    if (orderNo == null) {
      return null;
    }
    try {
      return new OrderStories(store, servers, told.shop(), err()).find(orderNo).orElse(null);
    } catch (SQLException e) {
      err().println("paidonce: what became of it can't be told: " + e.getMessage());
      return null;
    }
  }

  private Optional<Found> ofStory(Log log, ObjectNode story, String id) {
    List<JsonNode> all = new ArrayList<>();
    story.path("notifications").forEach(all::add);
    List<JsonNode> named =
        all.stream()
            .filter(
                one ->
                    one.path("notificationId").asText().equals(id)
                        || one.path("deliveryId").asText().equals(id))
            .toList();
    List<StoredNotification> found = new ArrayList<>();
    for (JsonNode one : named.isEmpty() ? all : named) {
      JsonNode source = one.path("source");
      atPlace(
              log,
              new RecordCoordinates(
                  source.path("topic").asText(),
                  source.path("partition").asInt(),
                  source.path("offset").asLong()))
          .ifPresent(found::add);
    }
    if (found.isEmpty()) {
      err().println("paidonce: no notification of that order is kept");
      return Optional.empty();
    }
    return Optional.of(new Found(found, story));
  }

  private void say(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(line -> out.println(OrderText.safe(line)));
    out.flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
