package io.paidonce.providers.hmac;

import io.paidonce.providers.AccountChecks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of the body say what. A field is a JSON pointer such as {@code
 * /data/object/currency}; of a form, {@code /} and the parameter's name.
 *
 * @param format {@code json} (the default) or {@code form}
 * @param status the field that decides what a callback means
 * @param eventType the field that is shown as the source's own word; {@code status} where left out
 * @param notificationId the field with the source's id of the notification; the signed id where
 *     left out
 * @param events what each status means; what is not listed is kept and applied to nothing
 */
public record HmacContent(
    @Nullable String format,
    @Nullable String status,
    @Nullable String eventType,
    @Nullable String notificationId,
    List<HmacEvent> events) {

  public HmacContent {
    events = AccountChecks.orEmpty(events);
  }
}
