package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, never the sender, why a callback was refused: one log line and one record for
 * a sample of them. Nobody waits for the record, and it is not tried twice.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final Sampler sampler;
  private final NotificationPublisher publisher;
  private final GatewayMetrics metrics;

  Refusals(Sampler sampler, NotificationPublisher publisher, GatewayMetrics metrics) {
    this.sampler = sampler;
    this.publisher = publisher;
    this.metrics = metrics;
  }

  void explain(
      Accounts accounts,
      Route route,
      CallbackRequest request,
      Verdict.Refused verdict,
      CallbackRecords records) {
    if (!sampler.take(verdict.rejection())) {
      return;
    }
    tell(records, Diagnosis.explained(accounts, route, request, verdict));
  }

  /** The same of one whose body was not read, so that there is nothing to look further into. */
  void explainUnread(Supplier<CallbackRecords> records, Verdict.Refused refused) {
    if (sampler.take(refused.rejection())) {
      tell(records.get(), refused);
    }
  }

  private void tell(CallbackRecords records, Verdict.Refused refused) {
    log(
        records.route(),
        records.request().deliveryId(),
        refused.rejection(),
        printable(refused.explanation()));
    publisher
        .publish(List.of(records.rejected(refused)), () -> false)
        .whenComplete((stored, failure) -> metrics.rejectionRecorded(failure == null));
  }

  /** A URL given to a provider that leads nowhere is the operator's to mend. */
  void explainUnknownAccount(Route route) {
    if (sampler.take(Rejection.UNKNOWN_ACCOUNT)) {
      LOG.warn(
          "No account of {} is configured under the id of this path: {}",
          route.protocol(),
          printable(route.path()));
    }
  }

  private static void log(Route route, String deliveryId, Rejection rejection, String explanation) {
    switch (rejection) {
      // The money came and we can't read it: somebody must deploy a key before the retries end.
      case UNDECIPHERABLE ->
          LOG.error("{} {} {}: {}", route.path(), deliveryId, rejection, explanation);
      // Sent on purpose, so it must not wake anybody.
      case SIGNATURE_PROBE ->
          LOG.info("{} {} {}: {}", route.path(), deliveryId, rejection, explanation);
      default -> LOG.warn("{} {} {}: {}", route.path(), deliveryId, rejection, explanation);
    }
  }

  // Words of a stranger must not be able to forge a line of the log.
  static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E…]", "?");
  }
}
