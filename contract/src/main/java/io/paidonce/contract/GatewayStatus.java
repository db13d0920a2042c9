package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one gateway does, once a minute, and a last time when it stops. An instance that has been
 * silent for longer is not running, or can't reach Kafka.
 *
 * @param schema version of this record's layout
 * @param instance its host's name and callback port
 * @param startedAt its clock when it started; counters begin there
 * @param at its clock now
 * @param running false in the last record of an instance that was stopped in order
 * @param accounts how many accounts it serves
 * @param lastMinute what it answered since its record before
 * @param sinceStart what it answered since it started
 * @param rejections of sinceStart, how many for which reason, named as Rejection does
 * @param configurationLoadedAt when the configuration that it serves was taken
 * @param configurationRefusedAt when a newer one was refused; absent while the newest is served
 * @param keyEnds the keys that end first, soonest first, fifty at most; keys without an end are not
 *     among them
 */
public record GatewayStatus(
    @JsonProperty(required = true) int schema,
    String instance,
    Instant startedAt,
    Instant at,
    @JsonProperty(required = true) boolean running,
    @JsonProperty(required = true) int accounts,
    GatewayCounts lastMinute,
    GatewayCounts sinceStart,
    Map<String, Long> rejections,
    Instant configurationLoadedAt,
    @Nullable Instant configurationRefusedAt,
    List<KeyEnd> keyEnds) {

  public static final int SCHEMA = 1;

  /** How many keys are told of. */
  public static final int MOST_KEYS = 50;

  public GatewayStatus {
    Schema.require(schema, SCHEMA, "GatewayStatus");
    requireNonNull(instance, "instance");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(at, "at");
    requireNonNull(lastMinute, "lastMinute");
    requireNonNull(sinceStart, "sinceStart");
    requireNonNull(configurationLoadedAt, "configurationLoadedAt");
    rejections = new TreeMap<>(requireNonNull(rejections, "rejections"));
    keyEnds = List.copyOf(requireNonNull(keyEnds, "keyEnds"));
  }
}
