package io.paidonce.launcher.doctor;

import io.paidonce.contract.BrokerClock;
import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.Topics;
import io.paidonce.launcher.config.KafkaConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Whether Kafka answers and keeps what it acknowledges, and what time it has. */
public final class KafkaLook {

  private static final String KAFKA = "kafka";
  private static final String CLOCK = "clock";
  private static final Duration NEAR = Duration.ofSeconds(1);

  /** Where the facts come from. */
  interface Cluster {
    /** Each unsafe setting with its fix. */
    List<String> problems();

    /** How far the brokers' clock is ahead of ours. */
    Duration offset();
  }

  private KafkaLook() {}

  /** Asks the cluster; writes one empty record that no reader gets, to have it stamped. */
  public static List<Finding> at(KafkaConfig kafka, Clock clock) {
    return of(
        kafka.bootstrapServers(),
        new Cluster() {
          @Override
          public List<String> problems() {
            return ClusterCheck.ofReader(
                    kafka.bootstrapServers(), kafka.replicas(), new LinkedHashSet<>(Topics.all()))
                .problems();
          }

          @Override
          public Duration offset() {
            return BrokerClock.offset(kafka.bootstrapServers(), clock);
          }
        });
  }

  static List<Finding> of(String address, Cluster cluster) {
    List<Finding> findings = new ArrayList<>();
    List<String> problems;
    try {
      problems = cluster.problems();
    } catch (IllegalStateException e) {
      return List.of(
          Finding.mend(
              KAFKA,
              address
                  + " does not answer as it should: "
                  + e.getMessage()
                  + "; see that the brokers run, and kafka.bootstrapServers"));
    }
    problems.forEach(problem -> findings.add(Finding.mend(KAFKA, problem)));
    if (!problems.isEmpty()) {
      findings.add(Finding.warning(CLOCK, "not compared: Kafka comes first"));
      return findings;
    }
    findings.add(Finding.ok(KAFKA, address + " answers, and its topics are as declared"));
    Duration offset = cluster.offset();
    if (ClusterCheck.isUnsafe(offset)) {
      findings.add(Finding.mend(CLOCK, ClusterCheck.clocksDiffer("Kafka's brokers", offset)));
    } else if (offset.abs().compareTo(NEAR) > 0) {
      findings.add(
          Finding.warning(
              CLOCK,
              "this machine and Kafka's brokers differ by "
                  + offset.abs().toMillis()
                  + " ms: synchronise both by NTP"));
    } else {
      findings.add(Finding.ok(CLOCK, offset.abs().toMillis() + " ms from that of Kafka's brokers"));
    }
    return findings;
  }
}
