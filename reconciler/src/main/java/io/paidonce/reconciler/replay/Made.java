package io.paidonce.reconciler.replay;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.Decision;

/**
 * The records that follow from a decision, topic by topic in the order in which they are written.
 */
public final class Made {

  private Made() {}

  /** Is shown each record. */
  public interface Sink {

    /**
     * One record.
     *
     * @param eventId its {@code ce_id}
     */
    <V> void record(Topic<V> topic, V value, String eventId);
  }

  /** Shows what is made of a decision. */
  public static void of(Decision decision, Sink sink) {
    if (decision instanceof Decision.Advance advance) {
      of(advance, sink);
    } else if (decision instanceof Decision.Refuse refuse) {
      sink.record(Topics.PAYMENT_EXCEPTIONS, refuse.opened(), refuse.opened().eventId());
    }
  }

  private static void of(Decision.Advance advance, Sink sink) {
    OrderTransition transition = advance.transition();
    sink.record(Topics.ORDER_TRANSITIONS, transition, transition.eventId());
    advance.paid().ifPresent(it -> sink.record(Topics.ORDER_PAID, it, it.eventId()));
    advance.cancelled().ifPresent(it -> sink.record(Topics.ORDER_CANCELLED, it, it.eventId()));
    advance.refunded().ifPresent(it -> sink.record(Topics.ORDER_REFUNDED, it, it.eventId()));
    for (ExceptionCase one : advance.cases()) {
      sink.record(Topics.PAYMENT_EXCEPTIONS, one, one.eventId());
    }
    for (ProviderRequest one : advance.requests()) {
      sink.record(Topics.PROVIDER_REQUESTS, one, one.requestId() + "/" + one.attempt());
    }
  }
}
