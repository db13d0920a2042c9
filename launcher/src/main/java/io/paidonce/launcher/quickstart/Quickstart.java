package io.paidonce.launcher.quickstart;

import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.localstack.LocalStack;
import io.paidonce.projector.Projector;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.ProjectorMain;
import io.paidonce.reconciler.Reconciler;
import io.paidonce.reconciler.ReconcilerConfig;
import io.paidonce.reconciler.ReconcilerMain;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsConfig;
import io.paidonce.streams.DedupStreamsMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The wiring: a stack, its topics and every role on it, in one process. */
public final class Quickstart implements AutoCloseable {

  static final String CONFIG = "config.yaml";
  static final String JOURNAL = "journal.jsonl";
  static final String KEYS = "keys";
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final Closing closing;
  private final Path directory;
  private final LocalStack stack;
  private final Roles roles;
  private final Optional<Played> played;

  /** Accounts that are played here, and their providers. */
  private record Played(ThrowAwayAccounts accounts, SimulatedProviders providers) {}

  private record Roles(
      Gateway gateway,
      DedupStreams streams,
      Projector projector,
      Optional<Reconciler> reconciler) {}

  private Quickstart(
      Closing closing, Path directory, LocalStack stack, Roles roles, Optional<Played> played) {
    this.closing = closing;
    this.directory = directory;
    this.stack = stack;
    this.roles = roles;
    this.played = played;
  }

  /**
   * Returns once callbacks are accepted and orders processed.
   *
   * @throws io.paidonce.launcher.config.InvalidConfigException if the given configuration is bad;
   *     nothing is started then
   * @throws IllegalStateException if a part does not start, naming it
   */
  public static Quickstart start(QuickstartSettings settings, Console console)
      throws IOException, InterruptedException {
    Closing closing = new Closing();
    try {
      return start(settings, console, closing);
    } catch (IOException | InterruptedException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Quickstart start(QuickstartSettings settings, Console console, Closing closing)
      throws IOException, InterruptedException {
    Path directory = settings.directory();
    DirectoryLock lock = closing.add(DirectoryLock.of(directory));
    for (String left : List.of(CONFIG, KEYS)) {
      lock.wipe(directory.resolve(left));
    }
    if (!settings.keep()) {
      for (String left : List.of("data", "streams", JOURNAL)) {
        lock.wipe(directory.resolve(left));
      }
    }
    settings.config().ifPresent(Quickstart::requireSound);
    QuickstartPorts ports = settings.ports().chosen(told -> console.say("  " + told));

    long began = System.nanoTime();
    CompletableFuture<LocalStack> starting =
        CompletableFuture.supplyAsync(() -> LocalStack.at(directory.resolve("data")));
    closing.add(() -> starting.thenAccept(LocalStack::close).exceptionally(e -> null).join());
    Path source;
    Optional<Played> played;
    if (settings.config().isPresent()) {
      source = settings.config().get();
      played = Optional.empty();
    } else {
      SimulatedProviders providers = closing.add(new SimulatedProviders());
      ThrowAwayAccounts accounts =
          ThrowAwayAccounts.make(directory.resolve(KEYS), Optional.of(providers.address()));
      providers.admit(accounts);
      source = accounts.config();
      played = Optional.of(new Played(accounts, providers));
    }
    LocalStack stack = join(starting);
    console.took("Kafka and PostgreSQL started", since(began));

    began = System.nanoTime();
    applyTopics(stack);
    console.took(Topics.all().size() + " topics made", since(began));

    began = System.nanoTime();
    Path config = directory.resolve(CONFIG);
    EmbeddedConfig.write(source, config, stack, directory.resolve("streams"), ports);
    closing.add(() -> Files.deleteIfExists(config));
    Roles roles = startRoles(config, played.isPresent(), closing);
    console.took("all roles ready", since(began));
    return new Quickstart(closing, directory, stack, roles, played);
  }

  private static void requireSound(Path given) {
    ConfigFile file = ConfigFile.read(given, System.getenv());
    // Kafka and PostgreSQL may be missing in it: they are embedded.
    file.accounts();
    file.requireSound();
  }

  private static void applyTopics(LocalStack stack) {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  // Nobody's real provider is asked by a quickstart, whatever credentials its configuration has.
  private static Roles startRoles(Path config, boolean asks, Closing closing)
      throws InterruptedException {
    ConfigFile file = ConfigFile.read(config, System.getenv());
    Optional<GatewayConfig> gatewayConfig = file.gateway();
    Optional<DedupStreamsConfig> streamsConfig = file.streams();
    Optional<ProjectorConfig> projectorConfig = file.projector();
    Optional<ReconcilerConfig> reconcilerConfig = asks ? file.reconciler() : Optional.empty();
    file.requireSound();

    Optional<CompletableFuture<Reconciler>> reconciler =
        reconcilerConfig.map(chosen -> starting(closing, () -> ReconcilerMain.start(chosen)));
    CompletableFuture<Projector> projector =
        starting(closing, () -> ProjectorMain.start(projectorConfig.orElseThrow()));
    CompletableFuture<DedupStreams> streams =
        starting(closing, () -> DedupStreamsMain.start(streamsConfig.orElseThrow()));
    CompletableFuture<Gateway> gateway =
        starting(closing, () -> GatewayMain.start(gatewayConfig.orElseThrow()));
    Optional<Reconciler> asking =
        reconciler.isPresent() ? Optional.of(join(reconciler.get())) : Optional.empty();
    Roles roles = new Roles(join(gateway), join(streams), join(projector), asking);
    Await.until(
        () ->
            roles.gateway().isReady()
                && roles.streams().isReady()
                && asking.map(Reconciler::isReady).orElse(true),
        READY_WITHIN,
        "gateway, streams and reconciler are ready");
    return roles;
  }

  // Closed even if it comes up only after another part has failed.
  private static <T extends AutoCloseable> CompletableFuture<T> starting(
      Closing closing, Supplier<T> start) {
    CompletableFuture<T> starting = CompletableFuture.supplyAsync(start);
    closing.add(
        () -> {
          T started = starting.exceptionally(e -> null).join();
          if (started != null) {
            started.close();
          }
        });
    return starting;
  }

  private static <T> T join(CompletableFuture<T> starting) throws InterruptedException {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException("a part did not start", e.getCause());
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** The configuration of everything that runs, for other commands. */
  public Path config() {
    return directory.resolve(CONFIG);
  }

  /** Everything it writes. */
  Path directory() {
    return directory;
  }

  /** What the simulator has sent, and what it was answered. */
  public Path journal() {
    return directory.resolve(JOURNAL);
  }

  /** What plays the throw-away accounts; nothing to play where a configuration was given. */
  Demo demo() {
    return new Demo(
        bootstrapServers(),
        callbacksUrl(),
        journal(),
        played.map(one -> one.accounts().simulated()).orElse(List.of()));
  }

  /** Payments that nobody notifies us of; none where a configuration was given. */
  Optional<LostCallbacks> lostCallbacks() {
    return played.map(
        one ->
            new LostCallbacks(
                one.providers().books(), one.accounts().shops(), bootstrapServers(), jdbcUrl()));
  }

  String bootstrapServers() {
    return stack.kafka().bootstrapServers();
  }

  String jdbcUrl() {
    return stack.postgres().jdbcUrl()
        + "?user="
        + stack.postgres().user()
        + "&password="
        + stack.postgres().password();
  }

  /** Where callbacks are posted, such as {@code http://127.0.0.1:8080}. */
  String callbacksUrl() {
    return url(roles.gateway().callbackPort());
  }

  /** Where orders are asked for. */
  public String apiUrl() {
    return url(roles.projector().apiPort());
  }

  /** By the role's name, in the order of the road. */
  Map<String, String> metricsUrls() {
    Map<String, String> urls = new LinkedHashMap<>();
    urls.put("the gateway", url(roles.gateway().managementPort()) + "/metrics");
    urls.put("streams", url(roles.streams().managementPort()) + "/metrics");
    urls.put("the projector", url(roles.projector().managementPort()) + "/metrics");
    roles
        .reconciler()
        .ifPresent(one -> urls.put("the reconciler", url(one.managementPort()) + "/metrics"));
    return urls;
  }

  /** Completes if a role ends by itself. */
  CompletionStage<Throwable> failure() {
    CompletionStage<Throwable> first =
        roles
            .streams()
            .failure()
            .applyToEither(roles.projector().failure(), failure -> failure)
            .applyToEither(roles.gateway().failure(), failure -> failure);
    return roles
        .reconciler()
        .map(one -> first.applyToEither(one.failure(), failure -> failure))
        .orElse(first);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    closing.close();
  }
}
