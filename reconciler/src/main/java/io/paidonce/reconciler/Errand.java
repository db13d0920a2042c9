package io.paidonce.reconciler;

import io.paidonce.contract.ProviderRequest;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.ProviderClient;

/**
 * One question that is to be asked now.
 *
 * @param ticket of the request it belongs to
 */
record Errand(long ticket, ProviderRequest request, Step step, Ask ask) {

  /** Carries it out; see {@link Step#ask}. */
  Outcome run(ProviderClient client) {
    return step.ask(client, request, ask);
  }
}
