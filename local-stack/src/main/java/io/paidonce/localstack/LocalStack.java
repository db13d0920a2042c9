package io.paidonce.localstack;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A Kafka broker inside this JVM and a PostgreSQL server beside it: what PaidOnce needs to run on
 * one machine without Docker. For a broker that can be killed, start {@link
 * LocalKafka#startProcess(Path)}.
 */
public final class LocalStack implements AutoCloseable {
  private static final String CHOICE = "stack";

  private final LocalKafka kafka;
  private final LocalPostgres postgres;
  private final Runnable onClose;

  private LocalStack(LocalKafka kafka, LocalPostgres postgres, Runnable onClose) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.onClose = onClose;
  }

  /**
   * Starts both in a new temporary directory, which is deleted on close or when the JVM ends
   * orderly; after a kill -9 it is left to the system's own cleaning. A running broker keeps the
   * JVM alive, so a program closes the stack or exits.
   *
   * <p>With {@code -Dstack=containers} both run in containers of Testcontainers instead, which must
   * be on the class path, and are removed on close. Everything that is given a directory stays on
   * this machine: the directory is its point.
   *
   * @throws LocalStackException if one of them does not start
   */
  public static LocalStack temporary() {
    return inContainers() ? containers() : inTemporaryDirectory();
  }

  private static LocalStack inTemporaryDirectory() {
    TemporaryDirectory directory = TemporaryDirectory.create();
    try {
      LocalStack stack = start(directory.path());
      directory.beforeDeletion(stack::close);
      return stack.closingBy(directory::delete);
    } catch (RuntimeException e) {
      directory.delete();
      throw e;
    }
  }

  /**
   * Starts both in this directory, as {@code kafka} and {@code postgres}, and keeps what they store
   * for the next start. The caller closes it: at a JVM's end without that, Kafka stops as if
   * killed, and checks its records at the next start.
   *
   * @param directory created if missing
   * @throws LocalStackException if one of them does not start
   */
  public static LocalStack at(Path directory) {
    return start(directory);
  }

  /**
   * Returns the one temporary stack of this JVM, for all tests of a module: started at the first
   * call, closed when the JVM ends. Closing it earlier does nothing, for others use it too.
   *
   * @throws ExceptionInInitializerError caused by a {@link LocalStackException}, if it does not
   *     start
   */
  public static LocalStack shared() {
    return Shared.STACK;
  }

  public LocalKafka kafka() {
    return kafka;
  }

  public LocalPostgres postgres() {
    return postgres;
  }

  /** As {@link LocalPostgres#createDatabase(String)}, so that each test can have its own. */
  public String createDatabase(String name) {
    return postgres.createDatabase(name);
  }

  /** Stops both orderly; a temporary stack is deleted. Closing twice is harmless. */
  @Override
  public void close() {
    onClose.run();
  }

  private LocalStack closingBy(Runnable other) {
    return new LocalStack(kafka, postgres, other);
  }

  private static boolean inContainers() {
    String choice = System.getProperty(CHOICE, "local");
    return switch (choice) {
      case "local" -> false;
      case "containers" -> true;
      default ->
          throw new LocalStackException(
              "-D" + CHOICE + "=" + choice + " is not known; it is local or containers");
    };
  }

  private static LocalStack containers() {
    try {
      return start(ContainerStack::kafka, ContainerStack::postgres);
    } catch (NoClassDefFoundError e) {
      throw new LocalStackException(
          "-D" + CHOICE + "=containers needs Testcontainers on the class path, as tests have it",
          e);
    }
  }

  private static LocalStack start(Path directory) {
    return start(
        () -> LocalKafka.startInProcess(directory.resolve("kafka")),
        () -> LocalPostgres.start(directory.resolve("postgres")));
  }

  /** PostgreSQL starts while Kafka does, since each takes a second or two. */
  private static LocalStack start(
      Supplier<LocalKafka> startKafka, Supplier<LocalPostgres> startPostgres) {
    CompletableFuture<LocalPostgres> postgres = CompletableFuture.supplyAsync(startPostgres);
    LocalKafka kafka;
    try {
      kafka = startKafka.get();
    } catch (RuntimeException e) {
      postgres.thenAccept(LocalPostgres::close).exceptionally(alsoFailed -> null).join();
      throw e;
    }
    try {
      LocalPostgres started = postgres.join();
      return new LocalStack(kafka, started, () -> closeBoth(kafka, started));
    } catch (CompletionException e) {
      kafka.close();
      throw e.getCause() instanceof LocalStackException reason ? reason : e;
    }
  }

  private static void closeBoth(LocalKafka kafka, LocalPostgres postgres) {
    try {
      kafka.close();
    } finally {
      postgres.close();
    }
  }

  private static final class Shared {
    static final LocalStack STACK = temporary().closingBy(() -> {});
  }
}
