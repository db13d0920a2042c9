package io.paidonce.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cluster's topics to what {@link Topics} declares, and says where they differ. Never
 * changes a partition count or a replication factor: the first would move keys, the second is the
 * operator's reassignment.
 */
public final class TopicsAdmin {

  private static final String RETENTION = "retention.ms";
  private static final String MIN_INSYNC = "min.insync.replicas";
  private static final String UNSET = "unset";
  private static final List<String> KAFKAS_OWN =
      List.of("__transaction_state", "__consumer_offsets");
  private static final ListTopicsOptions LISTING_INTERNAL =
      new ListTopicsOptions().listInternal(true);

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
    return check(Topics.all());
  }

  /** As {@link #check()}, for some of the topics. */
  public List<String> check(Collection<Topic<?>> topics) {
    List<String> differences = new ArrayList<>();
    Map<String, TopicDescription> present = describe();
    for (Topic<?> topic : Topics.all()) {
      if (topics.contains(topic)) {
        differences.addAll(shape(topic, present.get(topic.name())));
      }
    }
    differing(present.keySet())
        .forEach(
            (topic, settings) -> {
              if (topics.stream().anyMatch(t -> t.name().equals(topic))) {
                settings.forEach(
                    d -> differences.add(topic + ": " + d + "; run: paidonce topics apply"));
              }
            });
    return differences;
  }

  private List<String> shape(Topic<?> topic, @Nullable TopicDescription found) {
    if (found == null) {
      return List.of(topic.name() + " does not exist; run: paidonce topics apply");
    }
    List<String> differences = new ArrayList<>();
    if (found.partitions().size() != topic.partitions()) {
      differences.add(
          topic.name()
              + " has "
              + found.partitions().size()
              + " partitions, not "
              + topic.partitions()
              + "; keys would be looked for in the wrong one: make the topic anew and replay");
    }
    if (copies(found) < replicationFactor) {
      differences.add(
          topic.name()
              + " has replication factor "
              + copies(found)
              + ", not "
              + replicationFactor
              + "; reassign its partitions");
    }
    return differences;
  }

  /** Of the partition that has the fewest: it is the one that gets lost. */
  private static int copies(TopicDescription topic) {
    return topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
  }

  /** Says where topics that belong together are not kept equally long, as far as they exist. */
  List<String> checkRetention(List<Topic<?>> together) {
    Set<String> present = describe().keySet();
    Map<String, String> kept = new LinkedHashMap<>();
    Map<ConfigResource, Config> found =
        Answers.await(
            admin
                .describeConfigs(
                    together.stream()
                        .map(Topic::name)
                        .filter(present::contains)
                        .map(TopicsAdmin::resource)
                        .toList())
                .all());
    for (Topic<?> topic : together) {
      Config config = found.get(resource(topic.name()));
      if (config != null) {
        kept.put(topic.name(), value(config, RETENTION));
      }
    }
    return kept.values().stream().distinct().count() <= 1
        ? List.of()
        : List.of(
            RETENTION
                + " differs among logs that are folded together: "
                + kept
                + "; a replay would find a hole: run: paidonce topics apply");
  }

  /**
   * Says where the topics Kafka keeps for itself are weaker than ours: the transaction log and the
   * groups' offsets decide which records count. Those that do not exist yet are not judged.
   */
  List<String> checkKafkasOwn() {
    List<String> differences = new ArrayList<>();
    Set<String> names = new TreeSet<>(KAFKAS_OWN);
    names.retainAll(Answers.await(admin.listTopics(LISTING_INTERNAL).names()));
    Map<ConfigResource, Config> configs =
        Answers.await(
            admin.describeConfigs(names.stream().map(TopicsAdmin::resource).toList()).all());
    Answers.await(admin.describeTopics(names).allTopicNames())
        .forEach(
            (name, topic) -> {
              if (copies(topic) < replicationFactor) {
                differences.add(
                    name
                        + " has replication factor "
                        + copies(topic)
                        + ", not "
                        + replicationFactor
                        + "; reassign its partitions");
              }
              Config config = configs.get(resource(name));
              String least = config == null ? UNSET : value(config, MIN_INSYNC);
              if (!least.equals(UNSET) && Integer.parseInt(least) < minInsyncReplicas()) {
                differences.add(
                    name
                        + ": min.insync.replicas is "
                        + least
                        + ", must be at least "
                        + minInsyncReplicas()
                        + "; run: kafka-configs --alter --entity-type topics --entity-name "
                        + name
                        + " --add-config min.insync.replicas="
                        + minInsyncReplicas());
              }
            });
    return differences;
  }

  private static String value(Config config, String setting) {
    ConfigEntry entry = config.get(setting);
    String value = entry == null ? null : entry.value();
    return value == null ? UNSET : value;
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
            (name, creation) -> {
              if (created(creation)) {
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
      Answers.await(admin.incrementalAlterConfigs(changesByTopic).all());
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
    Map<ConfigResource, Config> found = Answers.await(admin.describeConfigs(resources).all());
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
                String value = value(config, setting);
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
    declared.retainAll(Answers.await(admin.listTopics().names()));
    return Answers.await(admin.describeTopics(declared).allTopicNames());
  }

  private int minInsyncReplicas() {
    return replicationFactor >= 3 ? 2 : 1;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static boolean created(KafkaFuture<Void> creation) {
    try {
      Answers.await(creation);
      return true;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }
}
