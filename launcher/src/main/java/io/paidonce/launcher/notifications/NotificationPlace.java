package io.paidonce.launcher.notifications;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a notification stands, as people write it: {@code 3:17}, or as every command prints it. */
public final class NotificationPlace {

  private static final Pattern PLACE =
      Pattern.compile(
          "(?:"
              + Pattern.quote(Topics.PAYMENT_NOTIFICATIONS.name())
              + "-([0-9]{1,4})@|([0-9]{1,4}):)([0-9]{1,18})");

  private NotificationPlace() {}

  /** Empty where the text is no place, and so an id. */
  public static Optional<RecordCoordinates> of(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      return Optional.empty();
    }
    String partition = place.group(1) == null ? place.group(2) : place.group(1);
    return Optional.of(
        new RecordCoordinates(
            Topics.PAYMENT_NOTIFICATIONS.name(),
            Integer.parseInt(partition),
            Long.parseLong(place.group(3))));
  }
}
