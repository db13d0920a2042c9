package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Rejection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The parts that need no server. */
class SmallPartsTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void aFloodOfOneReasonLeavesRoomForOthers() {
    AtomicLong now = new AtomicLong();
    Sampler sampler = new Sampler(now::get);
    assertThat(taken(sampler, Rejection.SIGNATURE_MISMATCH, 100)).isEqualTo(3);
    assertThat(taken(sampler, Rejection.UNDECIPHERABLE, 1)).isEqualTo(1);
    now.addAndGet(1_000_000_000L);
    assertThat(taken(sampler, Rejection.SIGNATURE_MISMATCH, 100)).isEqualTo(3);
  }

  @Test
  void notMoreThanTenASecondInAll() {
    Sampler sampler = new Sampler(() -> 0);
    long all = 0;
    for (Rejection rejection : Rejection.values()) {
      all += taken(sampler, rejection, 100);
    }
    assertThat(all).isEqualTo(10);
  }

  @Test
  void wordsOfAStrangerForgeNoLineOfTheLog() {
    assertThat(Refusals.printable("a\r\nERROR b\u001b[2J\u2028c")).isEqualTo("a??ERROR b?[2J?c");
  }

  @Test
  void onlyAWellFormedSingleTraceIsContinued() {
    assertThat(TraceParent.continued(List.of(TRACE))).isEqualTo(TRACE);
    for (List<String> bad :
        List.of(
            List.<String>of(),
            List.of(TRACE, TRACE),
            List.of(TRACE.toUpperCase(java.util.Locale.ROOT)),
            List.of(TRACE + "-extra"),
            List.of(TRACE.replaceFirst("00-", "ff-")),
            List.of("00-" + "0".repeat(32) + "-b7ad6b7169203331-01"),
            List.of("00-0af7651916cd43dd8448eb211c80319c-" + "0".repeat(16) + "-01"))) {
      String made = TraceParent.continued(bad);
      assertThat(made).isNotIn(bad);
      assertThat(TraceParent.continued(List.of(made))).as("well-formed itself").isEqualTo(made);
    }
  }

  @Test
  void deliveryIdsSortByTheirTime() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    String early = new DeliveryIds(Clock.fixed(now, ZoneOffset.UTC)).next();
    String late = new DeliveryIds(Clock.fixed(now.plusMillis(1), ZoneOffset.UTC)).next();
    assertThat(early).isLessThan(late);
    assertThat(UUID.fromString(early).version()).isEqualTo(7);
    assertThat(UUID.fromString(early).variant()).isEqualTo(2);
  }

  @Test
  void onlyACallbacksPathIsARoute() {
    assertThat(Route.of("/callbacks/alipay/1")).contains(new Route("alipay", "1"));
    for (String path :
        new String[] {null, "", "/", "/callbacks/x", "/callback/x/y", "callbacks/x/y"}) {
      assertThat(Route.of(path)).isEmpty();
    }
  }

  private static long taken(Sampler sampler, Rejection rejection, int tries) {
    long taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += sampler.take(rejection) ? 1 : 0;
    }
    return taken;
  }
}
