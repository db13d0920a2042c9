package io.paidonce.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings a cluster's topics to what {@link Topics} declares, and says where they differ. Never
 * changes a partition count or a replication factor: the first would move keys, the second is the
 * operator's reassignment.
 */
public final class TopicsAdmin {

  private static final long TIMEOUT_SECONDS = 30;

  private final Admin admin;
  private final short replicationFactor;

  /**
   * @param replicationFactor copies of each partition; from 3 on, two of them must have a record
   *     before it is acknowledged
   */
  public TopicsAdmin(Admin admin, int replicationFactor) {
    if (replicationFactor < 1) {
      throw new IllegalArgumentException("replication factor must be at least 1");
    }
    this.admin = admin;
    this.replicationFactor = (short) replicationFactor;
  }

  /**
   * Creates what is missing and sets what differs.
   *
   * @return one sentence for each change made
   * @throws IllegalStateException if the cluster refuses or does not answer within 30 s
   */
  public List<String> apply() {
    List<String> changes = new ArrayList<>(createMissing());
    changes.addAll(setDiffering());
    return changes;
  }

  /**
   * Compares the cluster with the declaration and changes nothing.
   *
   * @return one sentence for each difference, naming the topic, the setting and the fix; empty
   *     where all is well
   * @throws IllegalStateException if the cluster does not answer within 30 s
   */
  public List<String> check() {
    List<String> differences = new ArrayList<>();
    Map<String, TopicDescription> present = describe();
    for (Topic<?> topic : Topics.all()) {
      TopicDescription found = present.get(topic.name());
      if (found == null) {
        differences.add(topic.name() + " does not exist; run: paidonce topics apply");
        continue;
      }
      if (found.partitions().size() != topic.partitions()) {
        differences.add(
            topic.name()
                + " has "
                + found.partitions().size()
                + " partitions, not "
                + topic.partitions()
                + "; keys would be looked for in the wrong one: make the topic anew and replay");
      }
      int copies = found.partitions().get(0).replicas().size();
      if (copies < replicationFactor) {
        differences.add(
            topic.name()
                + " has replication factor "
                + copies
                + ", not "
                + replicationFactor
                + "; reassign its partitions");
      }
    }
    differing(present.keySet())
        .forEach(
            (topic, settings) ->
                settings.forEach(
                    d -> differences.add(topic + ": " + d + "; run: paidonce topics apply")));
    return differences;
  }

  private List<String> createMissing() {
    Set<String> present = describe().keySet();
    List<NewTopic> missing =
        Topics.all().stream()
            .filter(topic -> !present.contains(topic.name()))
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                        .configs(topic.settings(minInsyncReplicas())))
            .toList();
    List<String> changes = new ArrayList<>();
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, created) -> {
              if (await(created, TopicExistsException.class)) {
                changes.add("created " + name);
              }
            });
    return changes;
  }

  private List<String> setDiffering() {
    List<String> changes = new ArrayList<>();
    Map<ConfigResource, Collection<AlterConfigOp>> changesByTopic = new HashMap<>();
    differing(describe().keySet())
        .forEach(
            (topic, settings) -> {
              List<AlterConfigOp> operations = new ArrayList<>();
              for (Difference difference : settings) {
                changes.add(topic + ": " + difference + "; set");
                operations.add(
                    new AlterConfigOp(
                        new ConfigEntry(difference.setting(), difference.declared()),
                        AlterConfigOp.OpType.SET));
              }
              changesByTopic.put(resource(topic), operations);
            });
    if (!changesByTopic.isEmpty()) {
      await(admin.incrementalAlterConfigs(changesByTopic).all());
    }
    return changes;
  }

  private record Difference(String setting, String found, String declared) {
    @Override
    public String toString() {
      return setting + " is " + found + ", declared is " + declared;
    }
  }

  private Map<String, List<Difference>> differing(Set<String> present) {
    List<ConfigResource> resources = present.stream().map(TopicsAdmin::resource).toList();
    Map<ConfigResource, Config> found = await(admin.describeConfigs(resources).all());
    Map<String, List<Difference>> differing = new HashMap<>();
    for (Topic<?> topic : Topics.all()) {
      Config config = found.get(resource(topic.name()));
      if (config == null) {
        continue;
      }
      topic
          .settings(minInsyncReplicas())
          .forEach(
              (setting, declared) -> {
                ConfigEntry entry = config.get(setting);
                String value = entry == null ? "unset" : entry.value();
                if (!declared.equals(value)) {
                  differing
                      .computeIfAbsent(topic.name(), t -> new ArrayList<>())
                      .add(new Difference(setting, value, declared));
                }
              });
    }
    return differing;
  }

  private Map<String, TopicDescription> describe() {
    Set<String> declared = new TreeSet<>();
    Topics.all().forEach(topic -> declared.add(topic.name()));
    declared.retainAll(await(admin.listTopics().names()));
    return await(admin.describeTopics(declared).allTopicNames());
  }

  private int minInsyncReplicas() {
    return replicationFactor >= 3 ? 2 : 1;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static boolean await(KafkaFuture<Void> future, Class<? extends Exception> tolerated) {
    try {
      future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (tolerated.isInstance(e.getCause())) {
        return false;
      }
      throw refused(e);
    } catch (TimeoutException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw refused(e);
    } catch (TimeoutException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException refused(ExecutionException e) {
    return new IllegalStateException("the cluster refused: " + e.getMessage(), e);
  }

  private static IllegalStateException silent(TimeoutException e) {
    return new IllegalStateException(
        "the cluster did not answer within " + TIMEOUT_SECONDS + " s", e);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the cluster", e);
  }
}
