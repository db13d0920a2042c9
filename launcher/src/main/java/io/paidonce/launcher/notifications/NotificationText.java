package io.paidonce.launcher.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Resubmission;
import io.paidonce.launcher.deadletters.Payload;
import io.paidonce.ledger.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A notification as a person reads it, and what became of it. */
public final class NotificationText {

  private NotificationText() {}

  /**
   * Everything about one.
   *
   * @param story of its order; absent where it names none that is known
   * @param full whether the body is shown as it was received, personal data included
   */
  public static List<String> show(
      StoredNotification stored, @Nullable JsonNode story, boolean full) {
    PaymentNotification told = stored.value();
    List<String> lines = new ArrayList<>();
    lines.add("notification  " + stored.at());
    lines.add("appended      " + stored.appended());
    lines.add("received      " + told.receivedAt() + ", delivery " + told.deliveryId());
    lines.add("account       " + told.protocol() + " " + told.account() + " of " + told.shop());
    lines.add("order         " + (told.orderNo() == null ? "names none" : told.orderNo()));
    lines.add("says          " + told.kind() + ", " + told.eventType());
    if (told.notificationId() != null) {
      lines.add("its id        " + told.notificationId());
    }
    lines.add("identity      " + identity(told));
    lines.add(
        "origin        "
            + told.authentication()
            + ", "
            + told.witness()
            + ", key "
            + told.evidence().keyId());
    Resubmission again = told.resubmitted();
    if (again != null) {
      lines.add("resubmitted   " + again.words());
    }
    lines.add("became        " + became(stored, story));
    new TreeMap<>(told.evidence().headers())
        .forEach((name, value) -> lines.add("header        " + name + ": " + value));
    lines.addAll(Payload.lines(told.evidence().body(), full));
    return lines;
  }

  private static String identity(PaymentNotification told) {
    return told.kind() == NotificationKind.UNRECOGNISED
        ? "none: this build does not know what it says"
        : Identities.of(told);
  }

  private static String became(StoredNotification stored, @Nullable JsonNode story) {
    if (story == null) {
      return "nothing is known of its order";
    }
    Optional<JsonNode> change = first(story.path("history"), "source", stored.at());
    if (change.isPresent()) {
      return "version "
          + change.get().path("version").asLong()
          + " of the order: "
          + change.get().path("from").asText()
          + " -> "
          + change.get().path("to").asText();
    }
    Optional<JsonNode> letter = first(story.path("deadLetters"), "source", stored.at());
    if (letter.isPresent()) {
      return "a dead letter, "
          + letter.get().path("id").asText()
          + ": "
          + letter.get().path("reason").asText();
    }
    Optional<JsonNode> opened = first(story.path("exceptions"), "source", stored.at());
    if (opened.isPresent()) {
      return "an exception, " + opened.get().path("kind").asText();
    }
    return receipt(stored, story);
  }

  // A receipt names the first that told a fact: any other of that identity repeats it.
  private static String receipt(StoredNotification stored, JsonNode story) {
    String identity = identity(stored.value());
    for (JsonNode receipt : story.path("deliveries")) {
      if (receipt.path("identity").asText().equals(identity)) {
        JsonNode first = receipt.path("first");
        return isAt(first, stored.at())
            ? "the first of its identity; it changed nothing of the order"
            : "a repetition of "
                + first.path("topic").asText()
                + "-"
                + first.path("partition").asInt()
                + "@"
                + first.path("offset").asLong()
                + "; it changed nothing";
      }
    }
    return "nothing yet: no receipt of its identity is known";
  }

  private static Optional<JsonNode> first(JsonNode rows, String place, RecordCoordinates at) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> isAt(row.path(place), at))
        .findFirst();
  }

  static boolean isAt(JsonNode place, RecordCoordinates at) {
    return place.path("topic").asText().equals(at.topic())
        && place.path("partition").asInt(-1) == at.partition()
        && place.path("offset").asLong(-1) == at.offset();
  }
}
