package io.paidonce.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.Witness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of an order is all that is known of it, however small. */
class StoredLedgersTest {

  private static final long SEED = 20260131;

  @Test
  void whatIsKeptIsWhatWasKnownWhateverHappened() throws Exception {
    Random random = new Random(SEED);
    Set<OrderStatus> seen = EnumSet.noneOf(OrderStatus.class);
    for (boolean partialPayments : List.of(false, true)) {
      for (LatePayment late : LatePayment.values()) {
        List<OrderInput> inputs =
            new ArrayList<>(Alphabet.all(new PaymentPolicy(partialPayments, late)));
        for (int i = 0; i < 5_000; i++) {
          Collections.shuffle(inputs, random);
          OrderLedger ledger = History.of(inputs.subList(0, random.nextInt(inputs.size()))).ledger;
          assertThat(StoredLedgers.read(Inputs.ORDER, StoredLedgers.write(ledger)))
              .as("seed %d", SEED)
              .isEqualTo(ledger);
          seen.add(ledger.status());
        }
      }
    }
    assertThat(seen).contains(OrderStatus.values());
  }

  @Test
  void timesAreKeptToTheNanosecondAndPayeesThatDifferAreKept() throws Exception {
    OrderLedger cancelled = History.of(Inputs.place("c1", Inputs.DUE), Inputs.cancel("c2")).ledger;
    OrderLedger late =
        cancelled.with(
            new PaymentFact(
                "wechat",
                "a1",
                "t1",
                5,
                "USD",
                "another",
                "payee",
                null,
                Inputs.NOW.plusNanos(1),
                Witness.QUERY));
    assertThat(StoredLedgers.read(Inputs.ORDER, StoredLedgers.write(late))).isEqualTo(late);
  }

  @Test
  void anEndedOrderIsSmall() {
    OrderLedger shipped =
        History.of(
                Inputs.place("c1", Inputs.DUE),
                Inputs.paid("4200002345202601311234567890"),
                Inputs.ship("c2"))
            .ledger;
    History history = new History();
    history.ledger = shipped;
    history.apply(Inputs.complete("c3"));

    int whole = StoredLedgers.write(shipped).length;
    int stub = StoredLedgers.write(history.ledger).length;
    assertThat(whole).isGreaterThan(450);
    assertThat(stub).isLessThan(180);
  }

  @Test
  void aStubOfABuildWithoutDeadlinesIsRead() throws Exception {
    OrderLedger ended = History.of(Inputs.place("c1", Inputs.DUE), Inputs.cancel("c2")).ledger;
    String now = new String(StoredLedgers.write(ended), UTF_8);
    assertThat(now).endsWith(",null]");
    String then = now.substring(0, now.length() - ",null]".length()) + "]";
    assertThat(StoredLedgers.read(Inputs.ORDER, then.getBytes(UTF_8))).isEqualTo(ended);
  }

  @Test
  void whatEarlierBuildsKeptOfEndedOrdersIsRead() throws Exception {
    String kept =
        "{\"order\":{\"shop\":\"s1\",\"orderNo\":\"o1\"},\"version\":2,\"status\":\"CANCELLED\","
            + "\"terms\":{\"due\":{\"amountMinor\":1200,\"currency\":\"CNY\"},"
            + "\"placedAt\":\"2026-01-31T12:00:00Z\"},\"payments\":[]}";
    OrderLedger read = StoredLedgers.read(Inputs.ORDER, kept.getBytes(UTF_8));
    assertThat(read)
        .isEqualTo(History.of(Inputs.place("c1", Inputs.DUE), Inputs.cancel("c2")).ledger);
  }
}
