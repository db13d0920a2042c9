package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.EventHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A deed that waits for a second person. Its content never changes, so that what was approved is
 * what is done.
 *
 * @param state PROPOSED, APPROVED, DONE, REJECTED or EXPIRED, by PostgreSQL's clock
 * @param decidedBy who approved or rejected it; absent until somebody did
 */
record Proposal(
    String id,
    Deed deed,
    @Nullable String shop,
    @Nullable String orderNo,
    String digest,
    String proposedBy,
    String state,
    @Nullable String decidedBy) {

  /** What a deed is, whole, so that nobody approves another than was seen. */
  static String digest(Deed deed) {
    // As JSON, in which no field can end early and pass for two.
    String whole =
        JsonNodeFactory.instance
            .arrayNode()
            .add(deed.action().name())
            .add(deed.requestId())
            .add(String.valueOf(deed.order()))
            .add(String.valueOf(deed.letter()))
            .add(deed.reason())
            .add(deed.expectedVersion())
            .add(deed.exceptionId())
            .add(deed.exceptionRevision())
            .toString();
    return EventHeaders.sha256Hex(whole.getBytes(UTF_8));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("proposal", id).put("action", deed.action().name()).put("state", state);
    json.put("reason", deed.reason()).put("proposedBy", proposedBy).put("digest", digest);
    json.put("status", "/v1/proposals/" + id);
    return json;
  }

  /** One person's tokens have one name, however it is written. */
  static boolean isSame(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }

  /** Who answers for it once it is approved: no name of a token can look like it. */
  String actor() {
    return proposedBy + ", approved by " + decidedBy;
  }
}
