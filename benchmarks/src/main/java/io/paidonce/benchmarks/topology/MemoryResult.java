package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Machine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a run found.
 *
 * @param rocksDbMib to which RocksDB's caches and write buffers are bounded together
 * @param paid orders that have an {@code order-paid}
 * @param repeated {@code order-paid} records beyond one an order
 */
public record MemoryResult(
    MemorySettings settings,
    Machine machine,
    int rocksDbMib,
    Part few,
    Restore restore,
    Part many,
    int paid,
    int repeated) {

  private static final BigDecimal NANOS_A_SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal LEAST = new BigDecimal("0.1");

  /**
   * A part of it.
   *
   * @param startNanos from the start of the JVM until the topology ran, with nothing to restore
   * @param rssMib of the topology's process after its windows
   */
  public record Part(long startNanos, List<Window> windows, OptionalLong rssMib) {

    public Part {
      windows = List.copyOf(windows);
      if (windows.isEmpty()) {
        throw new IllegalStateException(
            "all was paid before a window began; ask for more with --notifications");
      }
    }

    private Spread spread(Function<Window, BigDecimal> figure) {
      return Spread.of(windows.stream().map(figure).toList());
    }

    BigDecimal medianEach() {
      return spread(window -> window.each(window.micros())).median();
    }
  }

  /**
   * The start between the parts.
   *
   * @param records restored in it
   * @param startNanos from the start of the JVM until the topology ran
   * @param settlingNanos after that, until RocksDB had merged what restoring left
   * @param rssMib of the topology's process then
   */
  public record Restore(long records, long startNanos, long settlingNanos, OptionalLong rssMib) {

    long perSecond() {
      return Math.round(records * 1e9 / Math.max(1, startNanos));
    }

    BigDecimal secondsPerMillion() {
      return BigDecimal.valueOf(startNanos)
          .multiply(MILLION)
          .divide(NANOS_A_SECOND, 9, RoundingMode.HALF_UP)
          .divide(BigDecimal.valueOf(Math.max(1, records)), 2, RoundingMode.HALF_UP);
    }
  }

  /** Whether each notification made its order paid, once. */
  public boolean holds() {
    return paid == settings.orders() && repeated == 0;
  }

  /** How much dearer a notification is with many remembered, by the medians. */
  public BigDecimal ratio() {
    return many.medianEach().divide(few.medianEach().max(LEAST), 2, RoundingMode.HALF_UP);
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"us_each_at_few\":%s,\"us_each_at_many\":%s,\"ratio\":%s,\"few\":%d,\"many\":%d,"
            + "\"restored_per_s\":%d,\"restore_s_per_million\":%s,"
            + "\"rss_mib_few\":%s,\"rss_mib_many\":%s,\"paid_twice\":%d}",
        few.medianEach(),
        many.medianEach(),
        ratio(),
        settings.few(),
        settings.many(),
        restore.perSecond(),
        restore.secondsPerMillion(),
        known(few.rssMib, "null"),
        known(many.rssMib, "null"),
        repeated);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        few.windows.size()
            + " and "
            + many.windows.size()
            + " windows of "
            + settings.notifications()
            + " notifications after "
            + settings.warmUp()
            + " to warm up, flush.messages "
            + (settings.flush() ? "1, as shipped" : "off"));
    lines.add("");
    lines.add("Medians of the windows, and the lowest to the highest of them");
    lines.add(row("identities remembered", settings.few(), settings.many()));
    lines.add(row("us of a core each", each(few), each(many)));
    lines.add(row("  topology", of(few, LoneTopology.TOPOLOGY), of(many, LoneTopology.TOPOLOGY)));
    lines.add(row("  broker", of(few, LoneTopology.BROKER), of(many, LoneTopology.BROKER)));
    lines.add(row("notifications/s", rate(few), rate(many)));
    lines.add(row("ratio of the medians", "1", ratio()));
    lines.add("");
    lines.add("From the start of the JVM until every store is there");
    lines.add(row("nothing to restore, s", seconds(few.startNanos), seconds(many.startNanos)));
    lines.add(row("restoring, s", "", seconds(restore.startNanos)));
    lines.add(row("  records restored", "", restore.records));
    lines.add(row("  of them a second", "", restore.perSecond()));
    lines.add(row("  s per million", "", restore.secondsPerMillion()));
    lines.add(row("RocksDB settled after, s", "", seconds(restore.settlingNanos)));
    lines.add("");
    lines.add(
        "Memory of the topology's process; RocksDB is bounded to " + rocksDbMib + " MiB of it");
    lines.add(row("resident after restoring, MiB", "", known(restore.rssMib, "unknown")));
    lines.add(
        row(
            "resident at the end, MiB",
            known(few.rssMib, "unknown"),
            known(many.rssMib, "unknown")));
    return lines;
  }

  private static Spread each(Part part) {
    return part.spread(window -> window.each(window.micros()));
  }

  private static Spread of(Part part, String process) {
    return part.spread(
        window -> window.each(window.cpu().microsByProcess().getOrDefault(process, 0L)));
  }

  private static Spread rate(Part part) {
    return part.spread(window -> BigDecimal.valueOf(window.perSecond()));
  }

  private static BigDecimal seconds(long nanos) {
    return BigDecimal.valueOf(nanos).divide(NANOS_A_SECOND, 1, RoundingMode.HALF_UP);
  }

  private static String known(OptionalLong mib, String otherwise) {
    return mib.isPresent() ? Long.toString(mib.getAsLong()) : otherwise;
  }

  private static String row(String name, Object few, Object many) {
    return String.format(Locale.ROOT, "  %-30s %26s %26s", name, few, many);
  }
}
