package io.paidonce.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a role running until the process is told to stop or the role fails, and then drains it. */
public final class UntilStopped {

  private static final Logger log = LoggerFactory.getLogger(UntilStopped.class);

  private UntilStopped() {}

  /**
   * Returns once the role is closed.
   *
   * @param failure completes if the role ends by itself
   * @return the exit code: 0 when told to stop, 1 when the role failed
   */
  public static int run(AutoCloseable role, CompletionStage<Throwable> failure) throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    Thread onSignal =
        new Thread(
            () -> {
              end.complete(0);
              // The JVM halts when its hooks are done, so this one waits for the draining.
              awaitUninterruptibly(closed);
            },
            "on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    failure.whenComplete(
        (cause, unused) -> {
          log.error("the role failed and stops: {}", String.valueOf(cause));
          end.complete(Launcher.FAILED);
        });
    try (role) {
      return end.join();
    } finally {
      closed.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch closed) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
