package io.paidonce.benchmarks.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RememberedPaymentTest {

  private static final String ID = "4200000000202611213000000042";
  private static final String OTHER = "4200000017320508075688772935";
  private static final byte[] IDENTITY = ("wechat:1900000009:payment:" + ID).getBytes(UTF_8);

  private static final RememberedPayment PAYMENT = RememberedPayment.of(IDENTITY, entry(ID));

  private static byte[] entry(String transactionId) {
    byte[] receipt =
        ("{\"identity\":\"wechat:1900000009:payment:" + transactionId + "\",\"shop\":\"茶\"}")
            .getBytes(UTF_8);
    // Each byte of the time may be any.
    return ByteBuffer.allocate(8 + receipt.length).putLong(-2L).put(receipt).array();
  }

  @Test
  void anotherTransactionIsRememberedLikeIt() {
    assertThat(PAYMENT.entryOf(OTHER)).isEqualTo(entry(OTHER));
    assertThat(PAYMENT.entryOf(ID)).isEqualTo(entry(ID));
    assertThat(PAYMENT.transactionId()).isEqualTo(ID);
    assertThat(PAYMENT.identityOf(OTHER))
        .asString(UTF_8)
        .isEqualTo("wechat:1900000009:payment:" + OTHER);
  }

  @Test
  void itsNotificationHasTheKeyThatIntakeAsksFor() {
    assertThat(PAYMENT.notificationKeyOf(OTHER))
        .asString(UTF_8)
        .isEqualTo("wechat:1900000009:" + OTHER);
  }

  @Test
  void commandsAreNoPayments() {
    assertThat(RememberedPayment.is(IDENTITY)).isTrue();
    assertThat(RememberedPayment.is("command:bench:BENCHS000000001:place".getBytes(UTF_8)))
        .isFalse();
  }

  @Test
  void whatWouldChangeTheEntrysLengthIsRefused() {
    assertThatThrownBy(() -> PAYMENT.entryOf("42")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReceiptOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> RememberedPayment.of(IDENTITY, entry(OTHER)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(ID);
  }
}
