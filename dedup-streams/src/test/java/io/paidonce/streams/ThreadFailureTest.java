package io.paidonce.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailureTest {

  private final List<Throwable> stopped = new ArrayList<>();
  private final ThreadFailure handler = new ThreadFailure(stopped::add);

  @Test
  void aTransactionThatTheBrokerEndedIsBegunAnewByAnotherThread() {
    StreamsException seen =
        new StreamsException("commit", new InvalidTxnStateException("invalid state"));

    assertThat(handler.handle(seen)).isEqualTo(REPLACE_THREAD);
    assertThat(stopped).isEmpty();
  }

  @Test
  void whateverElseFailsStopsTheTopologyAndSaysWhy() {
    StreamsException refused =
        new StreamsException("commit", new TransactionalIdAuthorizationException("not yours"));

    assertThat(handler.handle(refused)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(stopped).containsExactly(refused);
  }
}
