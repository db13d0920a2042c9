package io.paidonce.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class OrderTextTest {

  @Test
  void theReasonComesFirstAndThenWhatHappenedWithItsPlace() throws Exception {
    assertThat(
            OrderText.lines(
                new JsonMapper()
                    .readTree(
                        """
                        {"shop":"tea","orderNo":"o1","status":"PENDING",
                         "diagnosis":{"code":"NOTHING_HEARD","sentence":"Nobody paid.","next":"Wait."},
                         "story":[
                           {"at":"2026-01-31T12:00:00Z","words":"Placed",
                            "source":{"topic":"order-commands","partition":3,"offset":7}},
                           {"at":"2026-01-31T12:00:01Z","words":"sent"}]}
                        """)))
        .containsExactly(
            "Order o1 of tea: PENDING",
            "",
            "Nobody paid.",
            "Next: Wait.",
            "",
            "2026-01-31T12:00:00Z  Placed  [order-commands-3@7]",
            "2026-01-31T12:00:01Z  sent");
  }

  @Test
  void whatOthersWroteCannotMoveTheCursor() throws Exception {
    assertThat(
            OrderText.lines(
                new JsonMapper().readTree("{\"orderNo\":\"\\u001b[2Jx\\n\",\"shop\":\"s\"}")))
        .first()
        .isEqualTo("Order ?[2Jx? of s: not placed");
  }
}
