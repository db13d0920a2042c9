package io.paidonce.projector;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writers say of themselves; one log line for each change, not for each attempt. */
final class Health {

  private static final Logger log = LoggerFactory.getLogger(Health.class);

  private final CompletableFuture<Throwable> failure;
  private final List<Health> others = new CopyOnWriteArrayList<>();
  private volatile @Nullable String databaseTrouble = "not connected yet";
  private volatile @Nullable String kafkaTrouble = "not heard of yet";

  Health() {
    this(new CompletableFuture<>());
  }

  private Health(CompletableFuture<Throwable> failure) {
    this.failure = failure;
  }

  /** For one writer more: all are well, or this is not. */
  Health ofAnotherWriter() {
    Health other = new Health(failure);
    others.add(other);
    return other;
  }

  void databaseUp() {
    if (databaseTrouble != null) {
      databaseTrouble = null;
      log.info("PostgreSQL answers; the projection goes on");
    }
  }

  void databaseDown(String trouble) {
    if (databaseTrouble == null) {
      log.warn("PostgreSQL is away, the projection waits and keeps trying: {}", trouble);
    }
    databaseTrouble = trouble;
  }

  void kafkaUp() {
    if (kafkaTrouble != null) {
      kafkaTrouble = null;
      log.info("Kafka answers");
    }
  }

  void kafkaDown(String trouble) {
    if (kafkaTrouble == null) {
      log.warn("Kafka does not answer, the projection keeps trying: {}", trouble);
    }
    kafkaTrouble = trouble;
  }

  void died(Throwable cause) {
    if (failure.complete(cause)) {
      log.error(
          "the projection has stopped for good; start it anew after mending the cause", cause);
    }
  }

  /** Completes with what ended the writer; never, while it works. */
  CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  boolean isAlive() {
    return !failure.isDone();
  }

  /** Rows can be read and are written; Kafka being away leaves readers what is there. */
  boolean isReady() {
    return isAlive() && databaseTrouble == null && others.stream().allMatch(Health::isReady);
  }

  String database() {
    return describe(trouble(health -> health.databaseTrouble));
  }

  String kafka() {
    return describe(trouble(health -> health.kafkaTrouble));
  }

  private @Nullable String trouble(Function<Health, @Nullable String> of) {
    String own = of.apply(this);
    return own != null
        ? own
        : others.stream()
            .flatMap(other -> Stream.ofNullable(of.apply(other)))
            .findFirst()
            .orElse(null);
  }

  String writer() {
    return isAlive() ? "up" : "stopped: " + failure.getNow(new IllegalStateException());
  }

  private static String describe(@Nullable String trouble) {
    return trouble == null ? "up" : "down: " + trouble;
  }
}
