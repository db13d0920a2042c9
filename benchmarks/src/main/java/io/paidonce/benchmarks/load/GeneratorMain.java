package io.paidonce.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.benchmarks.process.ParentPipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;

/** The generator's process: takes tasks by its standard input, answers each by one line. */
public final class GeneratorMain {

  private GeneratorMain() {}

  /** Takes Kafka's address, the port of callbacks and the seed of the keys. */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    InetSocketAddress gateway =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
    Merchant merchant = new Merchant(Long.parseLong(args[2]));
    ParentPipe parent = ParentPipe.open();
    try (PaidWatch watch = new PaidWatch(args[0])) {
      Generator generator = new Generator(merchant, gateway, watch, Clock.systemUTC());
      parent.say("ready");
      for (String line = parent.next(); line != null; line = parent.next()) {
        Task task = json.readValue(line, Task.class);
        Object answer =
            switch (task.kind()) {
              case SIGN ->
                  generator.sign(task.phase(), task.count(), Duration.ofSeconds(task.seconds()));
              case CLOSED, CONSTANT -> generator.load(task);
              case AWAIT -> generator.awaitPaid(Duration.ofSeconds(task.seconds()));
            };
        parent.say(json.writeValueAsString(answer));
      }
    }
  }
}
