package io.paidonce.launcher.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Places the orders of a CSV file, all or none: a first pass looks at every line, and only if all
 * are good a second one writes. Interrupted while writing, it is safe to run again.
 */
public final class OrdersImport {

  /** Who asked, as the audit shows it. */
  public static final String ACTOR = "paidonce orders import";

  private final OrdersFile orders;
  private final Path file;

  /**
   * @param shops the ids an order may have; empty where any is accepted
   * @throws IllegalArgumentException if there is no such file, or it can't be read twice
   */
  public OrdersImport(Path file, Set<String> shops) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + " does not exist");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          file + " is not a readable file; it is read twice, so a pipe can't be imported");
    }
    this.file = file;
    this.orders = new OrdersFile(file, shops);
  }

  /** What a first pass found. */
  public record Checked(long good, long bad) {}

  /**
   * Looks at every line and writes nothing.
   *
   * @param problems given one sentence for each thing wrong, with its line and field
   */
  public Checked check(Consumer<String> problems, LongConsumer progress) throws IOException {
    AtomicLong good = new AtomicLong();
    AtomicLong bad = new AtomicLong();
    orders.read(
        line -> progress.accept(good.incrementAndGet()),
        problem -> {
          bad.incrementAndGet();
          problems.accept(problem);
        });
    return new Checked(good.get(), bad.get());
  }

  /**
   * Writes every line and waits until all are stored.
   *
   * @throws IllegalStateException if Kafka refuses one, or if the file is no longer what was
   *     checked; importing again is safe
   */
  public long write(OrderCommands commands, InstantSource clock, LongConsumer progress)
      throws IOException {
    AtomicLong sent = new AtomicLong();
    orders.read(
        line -> {
          commands.send(line.command(clock.instant()));
          progress.accept(sent.incrementAndGet());
        },
        problem -> {
          throw new IllegalStateException(file + " changed while it was imported: " + problem);
        });
    commands.awaitStored();
    return sent.get();
  }
}
