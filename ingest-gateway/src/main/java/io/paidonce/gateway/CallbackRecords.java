package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Topics;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that one callback becomes. No header of the request is copied but traceparent. */
record CallbackRecords(CallbackRequest request, Route route, String traceparent) {

  private static final String SOURCE = "/paidonce/ingest-gateway";

  List<ProducerRecord<byte[], byte[]>> notifications(Verdict.Authentic authentic) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (PaymentNotification notification : authentic.notifications()) {
      records.add(
          Topics.PAYMENT_NOTIFICATIONS.record(
              notification.key(), notification, head(records.size())));
    }
    return records;
  }

  ProducerRecord<byte[], byte[]> deadLetter(Verdict.Unreadable unreadable) {
    String key = route.protocol() + ":" + route.account() + ":delivery:" + request.deliveryId();
    return Topics.DEAD_LETTERS.record(
        key,
        new DeadLetter(
            DeadLetter.SCHEMA,
            DeadLetterReason.UNREADABLE_NOTIFICATION,
            unreadable.detail(),
            null,
            route.path(),
            RawBytes.of(key.getBytes(UTF_8)),
            unreadable.evidence().headers(),
            request.body(),
            request.receivedAt()),
        head(0));
  }

  ProducerRecord<byte[], byte[]> rejected(Verdict.Refused refused) {
    return Topics.REJECTIONS.record(
        route.account(),
        new RejectedCallback(
            RejectedCallback.SCHEMA,
            request.deliveryId(),
            route.protocol(),
            route.account(),
            refused.rejection(),
            refused.explanation(),
            EventHeaders.sha256Hex(request.body().bytes()),
            request.body().length(),
            request.receivedAt()),
        head(0));
  }

  private EventHead head(int index) {
    return new EventHead(
        request.deliveryId() + "/" + index, SOURCE, request.receivedAt(), traceparent);
  }
}
