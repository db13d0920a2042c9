package io.paidonce.streams;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the topology when one of its threads fails. */
final class ThreadFailure implements StreamsUncaughtExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ThreadFailure.class);

  private final Consumer<Throwable> stopped;

  /**
   * @param stopped is told why the topology stops
   */
  ThreadFailure(Consumer<Throwable> stopped) {
    this.stopped = stopped;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (isTransactionEndedByBroker(failure)) {
      log.warn(
          "a stream thread stood still for so long that the broker ended its transaction; nothing"
              + " of it was committed, and another thread starts from what was: {}",
          failure.toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    // What else reaches this is a broken world. The transaction is aborted; a supervisor restarts
    // the process, with its own back-off and where it is seen.
    log.error("a stream thread failed; the topology stops", failure);
    stopped.accept(failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  // A producer that commits what the coordinator has just aborted for its age is usually fenced,
  // which Streams heals by itself. While the coordinator's own epoch is not yet visible it is told
  // of an invalid state instead, which Streams takes for fatal.
  private static boolean isTransactionEndedByBroker(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(InvalidTxnStateException.class::isInstance);
  }
}
