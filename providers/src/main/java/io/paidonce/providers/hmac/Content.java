package io.paidonce.providers.hmac;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a source's body say what, checked and complete.
 *
 * @param notificationId null where the signed id is it
 */
record Content(
    boolean isForm,
    JsonPointer status,
    JsonPointer eventType,
    @Nullable JsonPointer notificationId,
    List<Event> events) {

  /** What an authentic request says. */
  Statement read(Account account, CallbackRequest request, @Nullable String signedId)
      throws UnreadableContentException {
    Fields fields = new Fields(tree(request.body().bytes()));
    String word = fields.text(status);
    @Nullable String id = notificationId == null ? signedId : fields.optionalText(notificationId);
    Event event = events.stream().filter(e -> e.statuses().contains(word)).findFirst().orElse(null);
    return event == null
        ? Statement.unrecognised(account, request, fields.text(eventType), id)
        : event.statement(account, request, fields, fields.text(eventType), id);
  }

  private JsonNode tree(byte[] body) throws UnreadableContentException {
    if (!isForm) {
      return StrictJson.object(body, "the body");
    }
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    try {
      Parameters.ofForm(body).forEach(tree::put);
    } catch (RefusedRequestException e) {
      throw new UnreadableContentException("the body is no form: " + e.getMessage());
    }
    return tree;
  }
}
