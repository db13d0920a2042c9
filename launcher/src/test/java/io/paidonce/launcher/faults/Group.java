package io.paidonce.launcher.faults;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** Which instance the broker has given which partitions. */
record Group(FaultStack stack, String id) {

  private static final Duration SOON = Duration.ofSeconds(60);

  void awaitShared(String one, String other) {
    Await.until(
        id + " is shared by " + one + " and " + other,
        SOON,
        () -> !partitions(one).isEmpty() && !partitions(other).isEmpty());
  }

  void awaitAllAt(String instance) {
    Await.until(
        id + " is all at " + instance,
        SOON,
        () -> {
          ConsumerGroupDescription group = describe();
          return group.groupState() == GroupState.STABLE
              && group.members().stream()
                  .allMatch(m -> isOf(m, instance) || m.assignment().topicPartitions().isEmpty());
        });
  }

  /** Empty while the group is being rebalanced. */
  Set<TopicPartition> partitions(String instance) {
    ConsumerGroupDescription group = describe();
    if (group.groupState() != GroupState.STABLE) {
      return Set.of();
    }
    return group.members().stream()
        .filter(member -> isOf(member, instance))
        .map(member -> member.assignment().topicPartitions())
        .flatMap(Collection::stream)
        .collect(Collectors.toSet());
  }

  // Streams names its threads after the instance.
  private static boolean isOf(MemberDescription member, String instance) {
    return Stream.of(member.groupInstanceId().orElse(""))
        .anyMatch(name -> name.equals(instance) || name.startsWith(instance + "-"));
  }

  private ConsumerGroupDescription describe() {
    try (Admin admin = stack.admin()) {
      return admin
          .describeConsumerGroups(Set.of(id))
          .describedGroups()
          .get(id)
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
