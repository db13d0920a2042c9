package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.simulator.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeededFaultsTest {

  private static final Map<Fault, Integer> RATES =
      Map.of(Fault.of(Fault.Kind.RESET), 100, Fault.of(Fault.Kind.PROBE), 50);

  private static List<Asked> requests(Dialect dialect) {
    List<Asked> requests = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      requests.add(
          new Asked(dialect.protocol(), "1900000001", Asked.Kind.QUERY, "ORDER-" + i % 5000));
    }
    return requests;
  }

  private static Map<Asked, List<Fault>> drawn(long seed, List<Asked> requests) {
    Faults faults = new SeededFaults(seed, RATES);
    Map<Asked, List<Fault>> drawn = new HashMap<>();
    requests.forEach(
        asked -> drawn.computeIfAbsent(asked, a -> new ArrayList<>()).add(faults.next(asked)));
    return drawn;
  }

  private static long count(Map<Asked, List<Fault>> drawn, Fault.Kind kind) {
    return drawn.values().stream().flatMap(List::stream).filter(f -> f.kind() == kind).count();
  }

  @Test
  void theSameSeedGivesTheSameInWhateverOrderOrdersAreAskedAbout() {
    List<Asked> mixed = requests(Dialect.WECHAT_V3);
    Collections.shuffle(mixed, new Random(1));

    assertThat(drawn(7, mixed)).isEqualTo(drawn(7, requests(Dialect.WECHAT_V3)));
    assertThat(drawn(8, mixed)).isNotEqualTo(drawn(7, mixed));
  }

  @Test
  void theRatesAreKept() {
    Map<Asked, List<Fault>> drawn = drawn(7, requests(Dialect.WECHAT_V3));

    assertThat(count(drawn, Fault.Kind.RESET)).isBetween(1800L, 2200L);
    assertThat(count(drawn, Fault.Kind.PROBE)).isBetween(850L, 1150L);
  }

  @Test
  void onlyWechatProbes() {
    assertThat(count(drawn(7, requests(Dialect.ALIPAY)), Fault.Kind.PROBE)).isZero();
  }

  @Test
  void moreThanAllIsAMistake() {
    assertThatThrownBy(
            () ->
                new SeededFaults(
                    7, Map.of(Fault.of(Fault.Kind.RESET), 600, Fault.of(Fault.Kind.SLOW), 401)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
