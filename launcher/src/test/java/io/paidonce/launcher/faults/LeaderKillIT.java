package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Topics;
import io.paidonce.verifier.Fault;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A leader that dies with what its follower has not fetched. The follower stands still for a moment
 * before, in sync by Kafka's rules: {@code acks=all} waits for it, {@code acks=1} does not.
 */
@Tag("proof")
final class LeaderKillIT {

  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final int FEW = 20;
  private static final Duration SOON = Duration.ofSeconds(40);
  // Below the brokers' session of 6 s.
  private static final Duration FROZEN = Duration.ofSeconds(2);

  @Test
  void acksOfTheLeaderOnlyLoseAcknowledgedCallbacksAndAcksOfAllDoNot() {
    Random random = Point.first().random("leader");
    Path directory = TargetDirectory.fresh("leader");
    try (BrokerPair brokers = BrokerPair.start(directory);
        FaultStack stack =
            FaultStack.on(directory, brokers.bootstrapServers(), brokers, BrokerPair.REPLICAS)) {
      Run real = Run.of("kill -9 of a leader ahead of its follower", Point.first());
      JournalTail seen = strike(stack, brokers, random);
      assertThat(seen.unavailable()).as("callbacks that waited for the follower").isPositive();
      real.passed(seen, stack.requireThePromise(), seen.unavailable() + " answered 503");

      stack.gateway().terminate();
      stack
          .gateway()
          .start(Mutation.compiled(Mutation.ACKS_OF_ONE_BROKER, Mutation.WITHOUT_IDEMPOTENCE))
          .awaitReady();
      strike(stack, brokers, random);
      Report report = stack.verify();
      System.out.println("acks=1: " + report.toJson());
      assertThat(report.count(Fault.LOST)).isPositive();
    }
  }

  private static JournalTail strike(FaultStack stack, BrokerPair brokers, Random random) {
    brokers.awaitShared(Topics.PAYMENT_NOTIFICATIONS.name());
    Load load = stack.load(random, LENGTH).at(Duration.ofSeconds(1));
    brokers.broker(BrokerPair.FOLLOWER).freeze();
    Await.moment(System.nanoTime() + FROZEN.toNanos());
    brokers.broker(BrokerPair.LEADER).kill();
    brokers.broker(BrokerPair.FOLLOWER).thaw();
    JournalTail atTheKill = load.seen();
    Await.until("the follower leads", SOON, () -> load.seen().ok() > atTheKill.ok() + FEW);
    brokers.broker(BrokerPair.LEADER).start(List.of());
    JournalTail seen = load.finish();
    brokers.awaitShared(Topics.PAYMENT_NOTIFICATIONS.name());
    return seen;
  }
}
