package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.reconciler.ReconcilerConfig;
import io.paidonce.reconciler.replay.ReplayConfig;
import io.paidonce.streams.DedupStreamsConfig;
import io.paidonce.verifier.VerifierConfig;
import io.paidonce.verifier.VerifierConfig.ReadStoreLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One configuration file. A role asks for the sections it needs, so that it needs no other role's
 * secrets, and then for {@link #requireSound()}, which tells all problems of all of them together.
 */
public final class ConfigFile {

  private static final List<String> SECTIONS =
      List.of(
          "kafka",
          "gateway",
          "streams",
          "projector",
          "reconciler",
          "shops",
          "accounts",
          "credentials");
  private static final String BOOTSTRAP_SERVERS = "bootstrapServers";
  private static final String REPLICATION_FACTOR = "replicationFactor";

  private final Path file;
  private final ObjectNode tree;
  private final References references;
  private final Problems problems;

  private ConfigFile(Path file, ObjectNode tree, References references, Problems problems) {
    this.file = file;
    this.tree = tree;
    this.references = references;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param environment what {@code ${NAME}} is looked up in
   * @throws InvalidConfigException if it can't be read or is no YAML
   */
  public static ConfigFile read(Path file, Map<String, String> environment) {
    return read(file, environment, new FilesRead());
  }

  /**
   * Reads a file.
   *
   * @param environment what {@code ${NAME}} is looked up in
   * @param files notes every file that is read, now or when a section is asked for
   * @throws InvalidConfigException if it can't be read or is no YAML
   */
  public static ConfigFile read(Path file, Map<String, String> environment, FilesRead files) {
    files.reading(file);
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException e) {
      String why = Files.exists(file) ? "can't be read as UTF-8 text" : "does not exist";
      throw new InvalidConfigException(file, List.of("the file " + why));
    }
    Problems problems = Problems.none();
    Optional<ObjectNode> tree = YamlTree.parse(yaml, problems);
    if (tree.isEmpty()) {
      throw new InvalidConfigException(file, problems.lines());
    }
    for (String name : (Iterable<String>) tree.get()::fieldNames) {
      if (!SECTIONS.contains(name)) {
        problems.in(name).add("unknown section; known here: " + String.join(", ", SECTIONS));
      }
    }
    Path directory = file.toAbsolutePath().normalize().getParent();
    return new ConfigFile(
        file,
        tree.get(),
        new References(directory == null ? Path.of("") : directory, environment, files),
        problems);
  }

  /**
   * Does nothing if the file is well as far as it was asked for.
   *
   * @throws InvalidConfigException with every problem found so far
   */
  public void requireSound() {
    if (!problems.isEmpty()) {
      // Two roles in one process read some sections twice.
      throw new InvalidConfigException(file, problems.lines().stream().distinct().toList());
    }
  }

  /** Whether a section stands in the file. */
  public boolean has(String section) {
    return tree.hasNonNull(section);
  }

  public Optional<KafkaConfig> kafka() {
    return section("kafka", KafkaConfig.class);
  }

  /** The ids of the shops, in their order; incomplete where a problem was reported. */
  public Set<String> shops() {
    return shopsById().keySet();
  }

  private Map<String, ShopConfig> shopsById() {
    return shopsById(problems);
  }

  private Map<String, ShopConfig> shopsById(Problems told) {
    JsonNode list = filled("shops");
    Problems here = told.in("shops");
    Map<String, ShopConfig> shops = new LinkedHashMap<>();
    if (!list.isArray() || list.isEmpty()) {
      here.add("should be a list with at least one shop, such as - id: my-shop");
    }
    for (int i = 0; i < list.size(); i++) {
      Optional<ShopConfig> shop = RecordBinder.bind(list.get(i), ShopConfig.class, here.at(i));
      if (shop.isPresent() && shops.putIfAbsent(shop.get().id(), shop.get()) != null) {
        here.at(i).in("id").add("\"" + shop.get().id() + "\" is given twice; keep one");
      }
    }
    return shops;
  }

  /** The accounts with their keys tried; incomplete where a problem was reported. */
  public List<AccountConfig> accounts() {
    return Accounts.bind(filled("accounts"), shops(), problems.in("accounts"));
  }

  /**
   * Until when keys are valid that the gateway accepts until a stated time only, by {@link
   * EvidenceCheck#name} of the account and then by the key's id.
   */
  public Map<String, Map<String, Instant>> keyEnds() {
    // Of the gateway's section nothing else: its secrets need not be where notifications are
    // verified again.
    return KeyEnds.of(
        tree.path("gateway").path("retiringKeys"), problems.in("gateway").in("retiringKeys"));
  }

  /** The gateway's section and the accounts it serves. */
  public Optional<GatewayConfig> gateway() {
    List<AccountConfig> accounts = accounts();
    Optional<GatewayConfig> gateway = sectionWithKafka("gateway", GatewayConfig.class);
    gateway.ifPresent(config -> config.check(problems.in("gateway")));
    gateway.ifPresent(this::checkShopsOfTokens);
    return gateway.map(config -> config.withAccounts(accounts));
  }

  private void checkShopsOfTokens(GatewayConfig config) {
    Set<String> known = shopsById(Problems.none()).keySet();
    for (int i = 0; i < config.orders().tokens().size(); i++) {
      Problems here = problems.in("gateway").in("orders").in("tokens").at(i).in("shops");
      for (String shop : config.orders().tokens().get(i).shops()) {
        if (!known.contains(shop)) {
          here.add("\"" + shop + "\" is not among shops; add it there or correct it");
        }
      }
    }
  }

  /** The section of streams, and what the shops say, where the file names any. */
  public Optional<DedupStreamsConfig> streams() {
    Optional<DedupStreamsConfig> streams = sectionWithKafka("streams", DedupStreamsConfig.class);
    streams.ifPresent(config -> config.problems().forEach(problems.in("streams")::add));
    Map<String, TimeToPay> timesToPay = new HashMap<>();
    if (tree.has("shops")) {
      shopsById().forEach((id, shop) -> timesToPay.put(id, shop.timeToPay()));
    }
    return streams.map(config -> config.withTimesToPay(timesToPay));
  }

  public Optional<ProjectorConfig> projector() {
    return sectionWithKafka("projector", ProjectorConfig.class);
  }

  /** The reconciler's section, the accounts whose answers it verifies, and our keys to ask. */
  public Optional<ReconcilerConfig> reconciler() {
    int before = problems.lines().size();
    List<AccountConfig> accounts = accounts();
    List<ApiCredentials> credentials =
        Credentials.bind(filled("credentials"), problems.in("credentials"));
    boolean complete = problems.lines().size() == before;
    Optional<ReconcilerConfig> reconciler =
        sectionWithKafka("reconciler", ReconcilerConfig.class)
            .map(config -> config.withAccounts(accounts, credentials));
    // Of an incomplete list the places would be wrong, and what is missing would be told again.
    if (complete) {
      reconciler.ifPresent(config -> config.check(problems));
    }
    return reconciler;
  }

  /**
   * What the checker needs: Kafka, accounts, the read store where there is one, and the group of
   * the topology.
   */
  public Optional<VerifierConfig> verifier(Optional<Path> journal, Duration quiesceTimeout) {
    Optional<KafkaConfig> kafka = kafka();
    List<AccountConfig> accounts = accounts();
    Optional<DedupStreamsConfig> streams = sectionWithKafka("streams", DedupStreamsConfig.class);
    Optional<ProjectorConfig> projector = tree.has("projector") ? projector() : Optional.empty();
    if (kafka.isEmpty() || streams.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new VerifierConfig(
            kafka.get().bootstrapServers(),
            projector.map(ConfigFile::login).orElse(null),
            accounts,
            journal.orElse(null),
            streams.get().applicationId(),
            quiesceTimeout,
            Instant.now()));
  }

  /** What a replay needs: as the checker, and no journal. */
  public Optional<ReplayConfig> replay(Duration patience, int threads) {
    return verifier(Optional.empty(), patience)
        .map(
            config ->
                new ReplayConfig(
                    config.bootstrapServers(),
                    config.streamsGroup(),
                    replayLogin(config.readStore()),
                    patience,
                    threads));
  }

  /** Our own keys to ask providers with; incomplete where a problem was reported. */
  public List<ApiCredentials> credentials() {
    return has("credentials")
        ? Credentials.bind(filled("credentials"), problems.in("credentials"))
        : List.of();
  }

  private static ReplayConfig.@Nullable ReadStoreLogin replayLogin(@Nullable ReadStoreLogin login) {
    return login == null
        ? null
        : new ReplayConfig.ReadStoreLogin(login.jdbcUrl(), login.user(), login.password());
  }

  private static ReadStoreLogin login(ProjectorConfig projector) {
    return new ReadStoreLogin(
        projector.jdbcUrl(),
        Objects.requireNonNullElse(projector.user(), ""),
        Secret.of(Objects.requireNonNullElse(projector.password(), "")));
  }

  /** A section that names no Kafka of its own is given the one of all roles, with its replicas. */
  <T> Optional<T> sectionWithKafka(String name, Class<T> type) {
    JsonNode section = filled(name);
    if (section instanceof ObjectNode fields && !fields.has(BOOTSTRAP_SERVERS)) {
      fields.set(
          BOOTSTRAP_SERVERS,
          kafka()
              .<JsonNode>map(kafka -> TextNode.valueOf(kafka.bootstrapServers()))
              .orElse(MissingNode.getInstance()));
    }
    JsonNode replicas = filled("kafka").path(REPLICATION_FACTOR);
    if (section instanceof ObjectNode fields
        && !fields.has(REPLICATION_FACTOR)
        && !replicas.isMissingNode()) {
      fields.set(REPLICATION_FACTOR, replicas);
    }
    return RecordBinder.bind(section, type, problems.in(name));
  }

  private <T> Optional<T> section(String name, Class<T> type) {
    return RecordBinder.bind(filled(name), type, problems.in(name));
  }

  private JsonNode filled(String section) {
    JsonNode written = tree.path(section);
    return written.isMissingNode() || written.isNull()
        ? JsonNodeFactory.instance.objectNode()
        : references.fillIn(written, problems.in(section));
  }
}
