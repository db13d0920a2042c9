package io.paidonce.projector.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why an order is not paid: each reason, and which speaks where several fit. */
class DiagnosisTest {

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of("PAID", pending().status("PAID").with("payingTransactionId", "t1")),
        Arguments.of("PAID", pending().status("SHIPPED")),
        Arguments.of("REFUNDED", pending().status("REFUNDED")),
        Arguments.of("CANCELLED", pending().status("CANCELLED")),
        Arguments.of("CANCELLED_WITH_MONEY", pending().status("CANCELLED").balance(0, 1200)),
        Arguments.of("NOT_PLACED", new Rows()),
        Arguments.of(
            "NOT_PLACED",
            new Rows().status("UNPLACED").paidBy("t1", Rows.T1).counted("t1", "SUSPENSE")),
        Arguments.of("BEING_PROCESSED", new Rows().paidBy("t1", Rows.T1)),
        Arguments.of("BEING_PROCESSED", pending().paidBy("t1", Rows.T1)),
        Arguments.of(
            "MONEY_HELD",
            pending()
                .paidBy("t1", Rows.T1)
                .counted("t1", "SUSPENSE")
                .exception("AMOUNT_MISMATCH", "OPEN")),
        Arguments.of(
            "NOTHING_HEARD",
            pending()
                .paidBy("t1", Rows.T1)
                .counted("t1", "SUSPENSE")
                .exception("AMOUNT_MISMATCH", "RESOLVED")),
        Arguments.of("CONTRADICTED", pending().exception("CONFLICTING_NOTIFICATION", "OPEN")),
        Arguments.of("PARTLY_PAID", pending().balance(500, 0)),
        Arguments.of("OVERDUE", pending().with("dueSince", Rows.T3).answer("UNPAID", Rows.T2)),
        Arguments.of("WAITING_FOR_CUSTOMER", pending().answer("UNPAID", Rows.T2)),
        Arguments.of("NEVER_STARTED", pending().answer("NOT_FOUND", Rows.T2)),
        Arguments.of("CLOSED_AT_PROVIDER", pending().answer("CLOSED", Rows.T2)),
        Arguments.of("PROVIDER_UNCLEAR", pending().answer("GAVE_UP", Rows.T2)),
        Arguments.of("PROVIDER_UNCLEAR", pending().answer("UNKNOWN", Rows.T2)),
        Arguments.of("NOTHING_HEARD", pending()));
  }

  private static Rows pending() {
    return new Rows()
        .status("PENDING")
        .place("c1", Rows.T0)
        .transition(1, "UNPLACED", "PENDING", "ORDER_PLACED", "command:s1:o1:c1", Rows.T0);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void eachReasonHasItsSentenceAndItsRemedy(String code, Rows rows) {
    JsonNode diagnosis = Diagnosis.of(rows.order());

    assertThat(diagnosis.path("code").asText()).isEqualTo(code);
    assertThat(diagnosis.path("sentence").asText()).endsWith(".").doesNotContain("null");
    assertThat(diagnosis.path("next").asText())
        .endsWith(code.equals("MONEY_HELD") || code.equals("CONTRADICTED") ? "decide" : ".");
  }

  @Test
  void theNewestAnswerOfAnAccountSpeaks() {
    Rows rows = pending().answer("NOT_FOUND", Rows.T3).answer("UNPAID", Rows.T1);

    assertThat(Diagnosis.of(rows.order()).path("code").asText()).isEqualTo("NEVER_STARTED");
  }

  @Test
  void aRecordThatCouldNotBeProcessedSpeaksUntilItIsDrivenAgain() {
    Rows rows = pending().answer("UNPAID", Rows.T1);
    var letter = rows.add("deadLetters").put("id", "3:17").put("reason", "UNREADABLE_RECORD");
    letter.put("detail", "kind is missing");

    JsonNode diagnosis = Diagnosis.of(rows.order());
    assertThat(diagnosis.path("code").asText()).isEqualTo("DEAD_LETTER");
    assertThat(diagnosis.path("next").asText()).contains("paidonce deadletters show 3:17");

    letter.putArray("redrives").addObject().put("actor", "ann");
    assertThat(Diagnosis.of(rows.order()).path("code").asText()).isEqualTo("WAITING_FOR_CUSTOMER");
  }

  @Test
  void whatIsMissingIsSaidInMoney() {
    assertThat(Diagnosis.of(pending().balance(500, 0).order()).path("sentence").asText())
        .isEqualTo("Of 12.00 CNY due, 5.00 CNY came; 7.00 CNY is missing.");
  }

  @Test
  void aStatusOfANewerBuildIsNotMisread() {
    assertThat(Diagnosis.of(pending().status("SETTLED").order()).path("sentence").asText())
        .contains("SETTLED");
  }
}
