package io.paidonce.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.contract.Rejection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/**
 * Every metric of the gateway by name. Labels are bounded: nothing a sender chooses becomes one.
 */
final class GatewayMetrics implements AutoCloseable {

  static final String CALLBACKS = "paidonce.gateway.callbacks";
  static final String REJECTIONS = "paidonce.gateway.rejections";
  static final String REJECTIONS_RECORDED = "paidonce.gateway.rejections.recorded";
  static final String ACK = "paidonce.gateway.ack";
  static final String ACKS_LATE = "paidonce.gateway.acks.late";
  static final String PUBLISH_FAILURES = "paidonce.gateway.publish.failures";
  static final String COMMANDS = "paidonce.gateway.commands";
  static final String RELOADS = "paidonce.gateway.config.reloads";
  static final String TLS_DAYS_LEFT = "paidonce.gateway.tls.days.left";
  static final String FAILING_SOURCES = "paidonce.gateway.failing.sources";
  static final String SLOW_LANE = "paidonce.gateway.slow.lane.waiting";
  static final String HANDSHAKES = "paidonce.gateway.handshakes";
  static final String STALE = "paidonce.gateway.config.stale";
  static final String IN_FLIGHT_BYTES = "paidonce.gateway.in.flight";
  static final String IN_FLIGHT_REQUESTS = "paidonce.gateway.in.flight.requests";

  /** How a callback to a served protocol ended. */
  enum Outcome {
    /** Authentic, stored, answered success. */
    STORED,
    /** Authentic but unreadable: kept as a dead letter, answered success. */
    UNREADABLE,
    /** Declined for a reason of the catalogue. */
    REFUSED,
    /** Our own fault: declined. */
    BROKEN
  }

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final List<KafkaClientMetrics> kafka = new ArrayList<>();
  private final Timer ack;
  private final KeyMeters keys;
  private final KeyDownloadMeters keyDownloads;
  private final AnswerCounts counts = new AnswerCounts();
  private final boolean accountLabel;
  private final Clock clock;

  GatewayMetrics(InFlight inFlight, boolean accountLabel, Clock clock) {
    this.accountLabel = accountLabel;
    this.clock = clock;
    this.keys = new KeyMeters(registry, clock, accountLabel);
    this.keyDownloads = new KeyDownloadMeters(registry);
    Gauge.builder(IN_FLIGHT_BYTES, inFlight, InFlight::bytes)
        .baseUnit("bytes")
        .description("Bodies being read, judged or stored")
        .register(registry);
    Gauge.builder(IN_FLIGHT_REQUESTS, inFlight, InFlight::requests)
        .description("Requests whose answer or store is still to come")
        .register(registry);
    ack =
        Timer.builder(ACK)
            .description("From handing records to the publisher until Kafka has them all")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(5))
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** Adds what the producers measure of themselves. */
  void watch(List<? extends Producer<?, ?>> producers) {
    for (Producer<?, ?> producer : producers) {
      KafkaClientMetrics metrics = new KafkaClientMetrics(producer);
      metrics.bindTo(registry);
      kafka.add(metrics);
    }
  }

  void answered(String protocol, Outcome outcome) {
    counts.answered(outcome);
    registry
        .counter(
            CALLBACKS, "protocol", protocol, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  /**
   * @param account of the configuration, or {@code unknown}; never a text from a path
   */
  void refused(String protocol, String account, Rejection rejection) {
    answered(protocol, Outcome.REFUSED);
    counts.refused(rejection);
    registry
        .counter(
            REJECTIONS,
            "protocol",
            protocol,
            "reason",
            rejection.name(),
            "account",
            accountLabel ? account : "all")
        .increment();
  }

  void acknowledged(long nanos, boolean late) {
    ack.record(nanos, TimeUnit.NANOSECONDS);
    if (late) {
      registry.counter(ACKS_LATE).increment();
    }
  }

  /** The same counts by themselves. */
  AnswerCounts counts() {
    return counts;
  }

  /** What is measured of single keys. */
  KeyMeters keys() {
    return keys;
  }

  /** How downloads of keys end. */
  KeyDownloadMeters keyDownloads() {
    return keyDownloads;
  }

  /** Whether the newest configuration is not the one that is served. */
  void watch(ConfigurationState configuration) {
    Gauge.builder(STALE, configuration, state -> state.isStale() ? 1 : 0)
        .description("1 while a newer configuration was refused and the last good one is served")
        .register(registry);
  }

  /** How long the certificate that is shown may still be used. */
  void watch(LiveTls tls) {
    Gauge.builder(
            TLS_DAYS_LEFT,
            tls,
            shown ->
                shown.until().map(end -> (double) KeyMeters.days(clock, end)).orElse(Double.NaN))
        .description("Whole days until the gateway's own certificate expires; NaN without TLS")
        .register(registry);
  }

  /** Who is served behind the others. */
  void watch(FailingSources failing, SlowLane lane) {
    Gauge.builder(FAILING_SOURCES, failing, FailingSources::size)
        .description(
            "Sources that sent something that nobody signed, as far as they are remembered")
        .register(registry);
    Gauge.builder(SLOW_LANE, lane, SlowLane::waiting)
        .description("Requests of sources that failed too often, waiting to be verified")
        .register(registry);
  }

  void handshake(HandshakeConfig.Kind kind, boolean answered) {
    registry
        .counter(
            HANDSHAKES,
            "kind",
            kind.name().toLowerCase(Locale.ROOT),
            "outcome",
            answered ? "answered" : "refused")
        .increment();
  }

  void reloaded(boolean taken) {
    registry.counter(RELOADS, "outcome", taken ? "taken" : "refused").increment();
  }

  void command(OrderAction action, String outcome) {
    registry.counter(COMMANDS, "action", action.segment(), "outcome", outcome).increment();
  }

  /** One that was not stored; for which action is not told, since not every request says one. */
  void commandRefused(CommandProblem problem) {
    registry
        .counter(COMMANDS, "action", "any", "outcome", problem.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  void notStored() {
    counts.notStored();
    registry.counter(PUBLISH_FAILURES).increment();
  }

  void rejectionRecorded(boolean stored) {
    registry.counter(REJECTIONS_RECORDED, "stored", Boolean.toString(stored)).increment();
  }

  /** All of them in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    kafka.forEach(KafkaClientMetrics::close);
    gc.close();
    registry.close();
  }
}
