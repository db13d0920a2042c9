package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayMain;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** The gateway's process: the role {@code gateway} with its defaults, and nothing else. */
public final class GatewayProcessMain {

  private static final long READY_WITHIN_NANOS = 60_000_000_000L;

  private GatewayProcessMain() {}

  /** Takes Kafka's address and the keys' seed. Says at which port callbacks are taken. */
  public static void main(String[] args) throws IOException {
    ParentPipe parent = ParentPipe.open();
    try (Gateway gateway =
        GatewayMain.start(ServicesMain.gateway(args[0], Long.parseLong(args[1])))) {
      long deadline = System.nanoTime() + READY_WITHIN_NANOS;
      while (!gateway.isReady()) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("the gateway was not ready within 60 s");
        }
        LockSupport.parkNanos(20_000_000);
      }
      parent.say(Integer.toString(gateway.callbackPort()));
      Sampling.obey(parent);
    }
  }
}
