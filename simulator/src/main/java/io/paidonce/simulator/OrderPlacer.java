package io.paidonce.simulator;

import io.paidonce.contract.OrderCommand;
import java.util.concurrent.CompletionStage;

/** Where an order service's commands go. */
public interface OrderPlacer {

  /** Completes when the command is stored, exceptionally if that could not be confirmed. */
  CompletionStage<?> submit(OrderCommand command);
}
