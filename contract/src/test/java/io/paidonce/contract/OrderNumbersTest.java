package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderNumbersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

  private final HandSetClock clock = new HandSetClock(NOW);

  @Test
  void aNumberSaysWhenAndByWhomItWasMade() {
    long number = new OrderNumbers(77, clock, clock::advance).next();
    assertThat(OrderNumbers.madeAt(number)).isEqualTo(NOW);
    assertThat(OrderNumbers.workerOf(number)).isEqualTo(77);
    assertThat(number).isEqualTo(1_573_669_306_884_214_784L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2023-01-01T00:00:00Z", "2026-11-21T12:00:00Z", "2083-12-31T23:59:59.999Z"})
  void aNumberIsNineteenDigitsAndLegalAsOutTradeNo(Instant time) {
    String number = new OrderNumbers(1023, new HandSetClock(time), clock::advance).nextText();
    assertThat(number).matches("[0-9]{19}");
    assertThat(number).matches("[0-9a-zA-Z_\\-|*]{6,32}");
    assertThat(new OrderKey("s1", number).toString()).isEqualTo("s1:" + number);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void numbersGrowAndNeverRepeatWhateverTheClockDoes(long seed) {
    Random random = new Random(seed);
    List<OrderNumbers> workers =
        IntStream.of(0, 1, 1023)
            .mapToObj(id -> new OrderNumbers(id, clock, clock::advance))
            .toList();
    long[] last = new long[workers.size()];
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      int worker = random.nextInt(workers.size());
      long number = workers.get(worker).next();
      assertThat(number > last[worker]).as("seed " + seed + ", number " + i).isTrue();
      assertThat(all.add(number)).as("seed " + seed + ", number " + i).isTrue();
      last[worker] = number;
      int whim = random.nextInt(1_000);
      if (whim < 20) {
        clock.advance(Duration.ofMillis(random.nextInt(5)));
      } else if (whim < 25) {
        clock.advance(Duration.ofMillis(-random.nextInt(51)));
      }
    }
  }

  @Test
  void threadsThatShareAGeneratorGetDifferentNumbers() throws Exception {
    OrderNumbers numbers = new OrderNumbers(5, new TickingClock(), clock::advance);
    Callable<List<Long>> taker =
        () -> IntStream.range(0, 20_000).mapToObj(i -> numbers.next()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Set<Long> all = new HashSet<>();
      for (Future<List<Long>> taken : threads.invokeAll(List.of(taker, taker, taker, taker))) {
        assertThat(taken.get()).isSorted();
        all.addAll(taken.get());
      }
      assertThat(all).hasSize(80_000);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void afterFourThousandNumbersTheNextMillisecondIsAwaited() {
    OrderNumbers numbers = new OrderNumbers(0, clock, clock::advance);
    IntStream.range(0, 4096).forEach(i -> numbers.next());
    assertThat(clock.instant()).isEqualTo(NOW);
    assertThat(OrderNumbers.madeAt(numbers.next())).isEqualTo(NOW.plusMillis(1));
  }

  @Test
  void aSmallRollbackIsWaitedOut() {
    OrderNumbers numbers = new OrderNumbers(0, clock, clock::advance);
    long before = numbers.next();
    clock.advance(OrderNumbers.LONGEST_WAIT.negated());
    assertThat(numbers.next()).isGreaterThan(before);
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  @Test
  void aLongRollbackIsRefusedUntilTheClockIsBack() {
    OrderNumbers numbers = new OrderNumbers(9, clock, clock::advance);
    long before = numbers.next();
    clock.set(NOW.minusMillis(51));
    assertThatThrownBy(numbers::next)
        .isInstanceOf(OrderNumbers.ClockRollbackException.class)
        .hasMessageContaining("back by 51 ms")
        .hasMessageContaining("at most 50 ms")
        .hasMessageContaining("slew")
        .hasMessageContaining("a worker id other than 9");
    assertThat(clock.instant()).as("nothing was waited for").isEqualTo(NOW.minusMillis(51));
    clock.set(NOW);
    assertThat(numbers.next()).isGreaterThan(before);
  }

  @Test
  void aClockThatStandsStillIsRefusedAndNotWaitedForForEver() {
    List<Duration> waits = new ArrayList<>();
    OrderNumbers numbers = new OrderNumbers(0, clock, waits::add);
    IntStream.range(0, 4096).forEach(i -> numbers.next());
    assertThatThrownBy(numbers::next).isInstanceOf(OrderNumbers.ClockRollbackException.class);
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(OrderNumbers.LONGEST_WAIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1024})
  void aWorkerIdOutOfRangeNamesTheFix(int workerId) {
    assertThatThrownBy(() -> OrderNumbers.forWorker(workerId, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1023, not " + workerId)
        .hasMessageContaining("ordinal of its pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2022-12-31T23:59:59Z", "2090-01-01T00:00:00Z"})
  void aClockThatWasNeverSetIsRefused(Instant time) {
    assertThatThrownBy(() -> OrderNumbers.forWorker(1, new HandSetClock(time)).next())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set the clock");
  }

  private static final class HandSetClock extends Clock {

    private Instant now;

    HandSetClock(Instant now) {
      this.now = now;
    }

    void set(Instant time) {
      now = time;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Goes on by a tenth of a millisecond whenever somebody looks. */
  private static final class TickingClock extends Clock {

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    @Override
    public Instant instant() {
      return now.updateAndGet(time -> time.plusNanos(100_000));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
