package io.paidonce.benchmarks.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Figures;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.load.Task;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningGateway;
import io.paidonce.contract.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One run: what a gateway accepts where only a broker follows it. Callbacks are signed before each
 * phase; whoever sends them is a process of its own on the same machine.
 */
public final class GatewayBench {

  private static final long SEED = 20_261_123;
  private static final int CONNECTIONS = 64;
  // More than can be under way at once unless something is wrong: a request then waits for none.
  private static final int CONNECTIONS_AT_CONSTANT_RATE = 256;
  private static final int WARM_UP_PER_SECOND = 12_000;
  private static final int LEAST_PER_SECOND = 2_000;
  private static final int MOST_CALLBACKS = 2_000_000;

  private final GatewaySettings settings;
  private final Bench.Console console;
  private final ObjectMapper json = new ObjectMapper();

  public GatewayBench(GatewaySettings settings, Bench.Console console) {
    this.settings = settings;
    this.console = console;
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public GatewayResult run() throws IOException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    try (Stack stack = Stack.in(settings.directory())) {
      String kafka = stack.startBroker();
      RunningGateway gateway = stack.startGateway(kafka, SEED, settings.javaOptions());
      if (!settings.flush()) {
        Stack.doNotFlush(kafka);
      }
      ChildJvm generator = stack.startGenerator(kafka, gateway.port(), SEED);

      int seconds = settings.seconds();
      LoadResult warmUp =
          closed(
              generator,
              Phase.WARM_UP,
              settings.warmUpSeconds() * WARM_UP_PER_SECOND,
              settings.warmUpSeconds());
      sign(generator, Phase.SATURATION, wanted(warmUp), seconds);
      CpuTimes before = CpuTimes.now(stack.processes(), gateway.process().handle());
      LoadResult saturation = saturate(generator, Phase.SATURATION, seconds);
      CpuTimes used = CpuTimes.now(stack.processes(), gateway.process().handle()).since(before);

      sign(generator, Phase.LATENCY, settings.rate() * seconds, seconds);
      console.say(seconds + " s at " + settings.rate() + " a second");
      LoadResult constant =
          ask(
              generator,
              Task.constant(
                  Phase.LATENCY, CONNECTIONS_AT_CONSTANT_RATE, seconds, 0, settings.rate()),
              LoadResult.class);
      long acknowledged = warmUp.successes() + saturation.successes() + constant.successes();
      return new GatewayResult(
          settings, machine, saturation, constant, Math.max(0, acknowledged - stored(kafka)), used);
    }
  }

  private LoadResult closed(ChildJvm generator, Phase phase, int count, int seconds) {
    sign(generator, phase, count, seconds);
    return saturate(generator, phase, seconds);
  }

  private void sign(ChildJvm generator, Phase phase, int count, int seconds) {
    long millis = ask(generator, Task.sign(phase, count, seconds), Long.class);
    console.say(phase.title() + ": " + count + " callbacks signed in " + millis + " ms");
  }

  private LoadResult saturate(ChildJvm generator, Phase phase, int seconds) {
    LoadResult load = ask(generator, Task.closed(phase, CONNECTIONS, seconds, 0), LoadResult.class);
    console.say(
        phase.title()
            + ": "
            + Figures.perSecond(load.successes(), load.tookMicros())
            + " accepted a second on "
            + CONNECTIONS
            + " connections"
            + (load.ranOut() ? "; it ended early, no signed callback was left" : "")
            + (load.failed() == 0 ? "" : "; failed " + load.failures()));
    return load;
  }

  private int wanted(LoadResult warmUp) {
    long perSecond = Figures.perSecond(warmUp.successes(), warmUp.tookMicros()).longValue();
    long count = Math.max(LEAST_PER_SECOND, perSecond * 3 / 2) * settings.seconds();
    return (int) Math.min(MOST_CALLBACKS, count);
  }

  // No transaction writes there: a record is an offset.
  private static long stored(String kafka) {
    Map<String, Object> reader = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.PAYMENT_NOTIFICATIONS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private <T> T ask(ChildJvm generator, Task task, Class<T> answer) {
    try {
      return json.readValue(generator.ask(json.writeValueAsString(task)), answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the generator's answer can't be read", e);
    }
  }
}
