package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void anUnknownFieldIsAccepted() throws UnreadableRecordException {
    String json = orderPaid().replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");
    assertThat(Topics.ORDER_PAID.json().read(json.getBytes(UTF_8))).isEqualTo(Samples.ORDER_PAID);
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
