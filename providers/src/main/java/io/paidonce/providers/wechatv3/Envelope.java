package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;

/**
 * What stands around the encrypted resource of a notification.
 *
 * @param id the provider's id of the notification
 * @param eventType such as TRANSACTION.SUCCESS
 * @param originalType what the resource is, such as transaction
 */
record Envelope(String id, String eventType, String originalType, Encrypted resource) {

  /** Of a body whose signature holds. */
  static Envelope read(byte[] body) throws UnreadableContentException {
    JsonNode envelope = StrictJson.object(body, "the body");
    JsonNode resource = StrictJson.object(envelope, "resource");
    Encrypted encrypted = Encrypted.read(resource, "resource");
    return new Envelope(
        StrictJson.text(envelope, "id"),
        StrictJson.text(envelope, "event_type"),
        StrictJson.text(resource, "original_type"),
        encrypted);
  }
}
