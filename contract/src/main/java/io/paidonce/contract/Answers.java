package io.paidonce.contract;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;

/** Waits for a cluster's answers and tells "not now" from "no". */
final class Answers {

  private static final long TIMEOUT_SECONDS = 30;

  private Answers() {}

  static <T> T await(KafkaFuture<T> future) {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  /**
   * @throws KafkaSilentException if there is no answer, or "not now"
   * @throws IllegalStateException if the answer is no
   */
  static <T> T await(Future<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaSilentException(
          "the cluster did not answer within " + TIMEOUT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the cluster", e);
    }
  }

  static IllegalStateException failure(Throwable cause) {
    return cause instanceof RetriableException
        ? new KafkaSilentException("the cluster does not answer: " + cause.getMessage(), cause)
        : new IllegalStateException("the cluster refused: " + cause, cause);
  }
}
