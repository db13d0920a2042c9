package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonSerdeTest {

  @TestFactory
  Stream<DynamicTest> everyRecordComesBackAsItWasWritten() {
    return Samples.all().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.topic().name(),
                    () -> assertThat(sample.comesBack()).isEqualTo(sample.value())));
  }

  @TestFactory
  Stream<DynamicTest> everyMissingRequiredFieldIsRefusedByName() {
    return Samples.all().stream()
        .flatMap(
            sample ->
                sample.requiredFields().stream()
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                sample.topic().name() + " without " + field,
                                () ->
                                    assertThatThrownBy(() -> sample.readWithout(field))
                                        .isInstanceOf(UnreadableRecordException.class)
                                        .hasMessageContaining(field))));
  }

  @Test
  void factsAreReadWithoutTheBytesOfTheirEvidence() throws UnreadableRecordException {
    JsonSerde<PaymentNotification> json = Topics.PAYMENT_NOTIFICATIONS.json();
    PaymentNotification whole = notification();
    PaymentNotification facts = json.readFacts(json.write(whole));
    assertThat(facts.payment()).isEqualTo(whole.payment());
    assertThat(facts.evidence().keyId()).isEqualTo(whole.evidence().keyId());
    assertThatThrownBy(() -> facts.evidence().body().bytes())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("left out");
    // What holds no bytes must not be written as if it had none.
    assertThatThrownBy(() -> json.write(facts)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bytesThatAreMissingOrNoTextAreRefusedAlsoWhereTheyAreLeftOut() {
    JsonSerde<PaymentNotification> json = Topics.PAYMENT_NOTIFICATIONS.json();
    String written = new String(json.write(notification()), UTF_8);
    for (String body : List.of("\"body\":7", "\"body\":null", "\"other\":\"AQID\"")) {
      byte[] altered = written.replace("\"body\":\"AQID\"", body).getBytes(UTF_8);
      for (UnreadableReader reader : List.<UnreadableReader>of(json::read, json::readFacts)) {
        assertThatThrownBy(() -> reader.read(altered))
            .isInstanceOf(UnreadableRecordException.class)
            .hasMessageContaining("body");
      }
    }
    byte[] noBase64 = written.replace("AQID", "AQ*D").getBytes(UTF_8);
    assertThatThrownBy(() -> json.read(noBase64))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("body")
        .hasMessageNotContaining("AQ*D");
  }

  private interface UnreadableReader {
    Object read(byte[] json) throws UnreadableRecordException;
  }

  private static PaymentNotification notification() {
    return Samples.all().stream()
        .map(Samples.Sample::value)
        .filter(PaymentNotification.class::isInstance)
        .map(PaymentNotification.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anUnknownFieldIsAccepted() throws UnreadableRecordException {
    String json = orderPaid().replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");
    assertThat(Topics.ORDER_PAID.json().read(json.getBytes(UTF_8))).isEqualTo(Samples.ORDER_PAID);
  }

  @Test
  void commandsAndInputsOfTheFirstBuildAreRead() throws UnreadableRecordException {
    String command =
        "{\"schema\":1,\"commandId\":\"c1\",\"actor\":\"shop\",\"kind\":\"PLACE\",\"shop\":\"s1\","
            + "\"orderNo\":\"o1\",\"amountDueMinor\":1200,\"currency\":\"CNY\","
            + "\"issuedAt\":\"2026-01-31T12:00:00Z\"}";
    OrderCommand read = Topics.ORDER_COMMANDS.json().read(command.getBytes(UTF_8));
    assertThat(read.due()).isEqualTo(Money.of(1200, "CNY"));
    assertThat(read.policyOrDefault()).isEqualTo(PaymentPolicy.DEFAULT);

    String input =
        "{\"schema\":2,\"inputId\":\"i1\",\"kind\":\"ORDER_PLACED\",\"shop\":\"s1\",\"orderNo\":\"o1\","
            + "\"receivedAt\":\"2026-01-31T12:00:00Z\",\"source\":{\"topic\":\"order-commands\","
            + "\"partition\":0,\"offset\":1},\"command\":"
            + command
            + "}";
    assertThat(Topics.ORDER_INPUTS.json().read(input.getBytes(UTF_8)).command()).isEqualTo(read);
  }

  @Test
  void aPolicyThatSaysOnlyOneThingIsTheDefaultForTheOther() throws UnreadableRecordException {
    JsonSerde<PaymentPolicy> policies = JsonSerde.of(PaymentPolicy.class);
    assertThat(policies.read("{}".getBytes(UTF_8))).isEqualTo(PaymentPolicy.DEFAULT);
    assertThat(policies.read("{\"latePayment\":\"REFUND\"}".getBytes(UTF_8)))
        .isEqualTo(new PaymentPolicy(false, LatePayment.REFUND));
  }

  @Test
  void aNewerSchemaIsRefusedAsSuch() {
    String json = orderPaid().replace("\"schema\":1", "\"schema\":2");
    assertRefused(json, DeadLetterReason.UNSUPPORTED_SCHEMA, "schema 2");
  }

  @Test
  void aRepeatedFieldIsRefused() {
    String json = orderPaid().replaceFirst("\\{", "{\"orderNo\":\"other\",");
    assertRefused(json, DeadLetterReason.UNREADABLE_RECORD, "");
  }

  @Test
  void anAmountAsTextIsRefused() {
    String json = orderPaid().replace("\"amountMinor\":1200", "\"amountMinor\":\"1200\"");
    assertRefused(json, DeadLetterReason.UNREADABLE_RECORD, "amountMinor");
  }

  @Test
  void anAmountWithAFractionIsRefused() {
    String json = orderPaid().replace("\"amountMinor\":1200", "\"amountMinor\":1200.0");
    assertRefused(json, DeadLetterReason.UNREADABLE_RECORD, "amountMinor");
  }

  @Test
  void anOrderNumberAsANumberIsRefused() {
    String json = orderPaid().replace("\"orderNo\":\"o1\"", "\"orderNo\":1");
    assertRefused(json, DeadLetterReason.UNREADABLE_RECORD, "orderNo");
  }

  @Test
  void trailingBytesAreRefused() {
    assertRefused(orderPaid() + "{}", DeadLetterReason.UNREADABLE_RECORD, "");
  }

  @Test
  void whatIsNoJsonIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> Topics.ORDER_PAID.json().read("oUpF8-openid".getBytes(UTF_8)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageNotContaining("openid");
  }

  private static void assertRefused(String json, DeadLetterReason reason, String message) {
    assertThatThrownBy(() -> Topics.ORDER_PAID.json().read(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            UnreadableRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  private static String orderPaid() {
    return new String(Topics.ORDER_PAID.json().write(Samples.ORDER_PAID), UTF_8);
  }
}
