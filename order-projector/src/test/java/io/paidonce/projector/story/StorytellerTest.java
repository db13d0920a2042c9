package io.paidonce.projector.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One list of all that happened. */
class StorytellerTest {

  @Test
  void whatHappenedIsToldInTimeWithItsSource() {
    Rows rows =
        new Rows()
            .status("PAID")
            .place("c1", Rows.T0)
            .transition(1, "UNPLACED", "PENDING", "ORDER_PLACED", "command:s1:o1:c1", Rows.T0)
            .transition(2, "PENDING", "PAID", "PAYMENT_SUCCEEDED", "wechat:t1", Rows.T1)
            .paidBy("t1", Rows.T1)
            .counted("t1", "APPLIED")
            .outcome("c2", "REFUSED", "refused: it is not shipped", Rows.T3, 7);
    rows.order().putObject("paid").put("orderVersion", 2).put("transactionId", "t1");

    ObjectNode told = Storyteller.tell(rows.order());

    assertThat(told.path("story").findValuesAsText("words"))
        .containsExactly(
            "Placed, 12.00 CNY due: UNPLACED becomes PENDING (version 1)",
            "wechat called back: transaction t1 paid 12.00 CNY",
            "A payment was counted: PENDING becomes PAID (version 2)",
            "order-paid was sent: transaction t1",
            "shop asked to ship (command c2): REFUSED, refused: it is not shipped");
    assertThat(told.path("story").findValuesAsText("at"))
        .containsExactly(Rows.T0, Rows.T1, Rows.T1, Rows.T1, Rows.T3);
    assertThat(told.at("/story/1/source/topic").asText()).isEqualTo("payment-notifications");
    assertThat(told.at("/diagnosis/code").asText()).isEqualTo("PAID");
    assertThat(told.has("commandRecords")).isFalse();
    assertThat(told.has("outcomes")).isFalse();
  }

  @Test
  void aFractionOfASecondIsNoText() {
    Rows rows =
        new Rows()
            .status("PENDING")
            .transition(2, "PENDING", "PENDING", "ASK_DUE", "i2", "2026-01-31T12:00:00.5Z")
            .transition(1, "UNPLACED", "PENDING", "ORDER_PLACED", "i1", "2026-01-31T12:00:00Z")
            .transition(
                3, "PENDING", "PENDING", "OBSERVED_UNPAID", "i3", "2026-01-31T12:00:00.51Z");

    assertThat(Storyteller.tell(rows.order()).path("story").findValuesAsText("words"))
        .containsExactly(
            "Placed, 12.00 CNY due: UNPLACED becomes PENDING (version 1)",
            "It was time to ask the provider; it stays PENDING (version 2)",
            "The provider waits for the customer; it stays PENDING (version 3)");
  }

  @Test
  void aCommandThatNobodyDecidedYetIsToldAsSuch() {
    Rows rows = new Rows().place("c1", Rows.T0).place("c1", Rows.T1);

    assertThat(Storyteller.tell(rows.order()).path("story").findValuesAsText("words"))
        .containsExactly(
            "shop asked to place (command c1); not decided yet",
            "shop asked to place again (command c1): a repetition");
  }

  @Test
  void aCommandEndsAsItsTransitionOrItsOutcomeSays() {
    Rows rows =
        new Rows()
            .place("accepted", Rows.T0)
            .place("refused", Rows.T1)
            .place("waits", Rows.T2)
            .transition(1, "UNPLACED", "PENDING", "ORDER_PLACED", "command:s1:o1:accepted", Rows.T0)
            .outcome("refused", "REFUSED", "no", Rows.T1, 2);

    List<JsonNode> commands = List.copyOf(list(Commands.of(rows.order())));
    assertThat(commands)
        .extracting(c -> c.path("commandId").asText() + " " + c.path("outcome").asText())
        .containsExactly("accepted ACCEPTED", "refused REFUSED", "waits PENDING");
    assertThat(commands.get(1).path("reason").asText()).isEqualTo("no");
    assertThat(commands.get(0).path("orderVersion").asLong()).isEqualTo(1);
  }

  @Test
  void anIdUsedAgainWithOtherContentLeavesTheFirstCommandAsItEnded() {
    Rows rows =
        new Rows()
            .place("c1", Rows.T0)
            .place("c1", Rows.T1)
            .place("c1", Rows.T2)
            .transition(1, "UNPLACED", "PENDING", "ORDER_PLACED", "command:s1:o1:c1", Rows.T0)
            .outcome("c1", "IDEMPOTENCY_CONFLICT", "used before", Rows.T2, 3);

    JsonNode command = Commands.of(rows.order()).path(0);
    assertThat(command.path("outcome").asText()).isEqualTo("ACCEPTED");
    assertThat(command.path("records").findValuesAsText("verdict"))
        .containsExactly("FIRST", "REPEATED", "IDEMPOTENCY_CONFLICT");
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
