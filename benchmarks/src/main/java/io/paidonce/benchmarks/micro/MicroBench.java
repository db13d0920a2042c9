package io.paidonce.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link CallbackBenchmark} and puts the two rates of each protocol beside each other. */
public final class MicroBench {

  private static final int FORKS = 2;

  private MicroBench() {}

  /**
   * One protocol.
   *
   * @param dialect which
   * @param received callbacks a second of core time
   * @param verified bare verifications a second of core time
   */
  public record Ratio(Dialect dialect, BigDecimal received, BigDecimal verified) {

    /** Which share of the bare rate the whole has, per cent. */
    public BigDecimal percent() {
      return received.movePointRight(2).divide(verified, 1, RoundingMode.HALF_UP);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-10s verify, decrypt, normalise %,7d /s; bare verify %,7d /s; %s %%",
          dialect,
          received.longValue(),
          verified.longValue(),
          percent());
    }
  }

  /**
   * Takes about three minutes.
   *
   * @param log where JMH's own output goes
   * @param quick one fork and short iterations, to see that it runs
   */
  public static List<Ratio> run(Path log, boolean quick) throws IOException, RunnerException {
    Collection<RunResult> results = run(CallbackBenchmark.class, log, quick);
    List<Ratio> ratios = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      ratios.add(
          new Ratio(
              dialect,
              rate(results, dialect, CallbackBenchmark.RECEIVE),
              rate(results, dialect, CallbackBenchmark.VERIFY)));
    }
    return ratios;
  }

  /**
   * Callbacks a second of core time, for each number of accounts; takes about a minute.
   *
   * @param log where JMH's own output goes
   * @param quick one fork and short iterations, to see that it runs
   */
  public static List<String> accounts(Path log, boolean quick) throws IOException, RunnerException {
    return run(AccountsBenchmark.class, log, quick).stream()
        .map(
            result ->
                String.format(
                    Locale.ROOT,
                    "%6s accounts: find, verify, decrypt, normalise %,7d /s of core time",
                    result.getParams().getParam("accounts"),
                    rate(result).longValue()))
        .toList();
  }

  private static Collection<RunResult> run(Class<?> benchmark, Path log, boolean quick)
      throws IOException, RunnerException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    TimeValue second = quick ? TimeValue.milliseconds(200) : TimeValue.seconds(2);
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .forks(quick ? 1 : FORKS)
                .threads(1)
                .warmupIterations(quick ? 1 : 4)
                .warmupTime(second)
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(second)
                .jvmArgs("-Xms256m", "-Xmx256m")
                .shouldFailOnError(true)
                .output(log.toString())
                .build())
        .run();
  }

  /** Which cryptography provider verifies in this JVM, and in those that it starts. */
  public static String cryptographyProvider() {
    try {
      return Signature.getInstance("SHA256withRSA").getProvider().toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA256withRSA", e);
    }
  }

  private static BigDecimal rate(Collection<RunResult> results, Dialect dialect, String method) {
    RunResult found =
        results.stream()
            .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
            .filter(result -> result.getParams().getParam("dialect").equals(dialect.name()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no result of " + method + " " + dialect));
    return rate(found);
  }

  private static BigDecimal rate(RunResult found) {
    return sum(found, CoreTime.CALLS)
        .movePointRight(9)
        .divide(sum(found, CoreTime.NANOS), 0, RoundingMode.HALF_UP);
  }

  private static BigDecimal sum(RunResult result, String what) {
    var counted = requireNonNull(result.getSecondaryResults().get(what), what);
    return BigDecimal.valueOf(counted.getScore());
  }
}
