package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransactionFileTest {

  private static final OrderKey ORDER = new OrderKey("s1", "o1");
  private static final TransactionKey TRANSACTION = new TransactionKey("wechat", "mch", "t1");
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final TransactionFile file =
      new TransactionFile(
          TRANSACTION, new Tally("a test", "i1", new RecordCoordinates("a-topic", 0, 0)));

  private static Payment payment(long amount, Instant receivedAt) {
    return new Payment(TRANSACTION, amount, "CNY", "mch", "mch", receivedAt);
  }

  @Test
  void theSameDeliveredLaterIsNoContradiction() {
    assertThat(file.verified(payment(1200, NOW), ORDER)).isTrue();
    assertThat(file.verified(payment(1200, NOW.plusSeconds(15)), ORDER)).isFalse();

    assertThat(file.isContradicted()).isFalse();
  }

  @Test
  void anotherAmountIs() {
    file.verified(payment(1200, NOW), ORDER);
    file.verified(payment(1201, NOW), ORDER);

    assertThat(file.isContradicted()).isTrue();
  }
}
