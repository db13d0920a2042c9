package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import java.util.List;

/**
 * How a request ended.
 *
 * @param ticket of the request
 * @param facts what the provider told; to be stored before the observation, which says that they
 *     were told
 * @param observation the one answer to the request
 */
record Report(
    long ticket,
    ProviderRequest request,
    List<PaymentNotification> facts,
    PaymentNotification observation) {

  Report {
    requireNonNull(request, "request");
    requireNonNull(observation, "observation");
    facts = List.copyOf(facts);
  }
}
