package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.complete;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refunded;
import static io.paidonce.ledger.Inputs.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The table once more, written by hand: each status, each kind of input. A word is the status after
 * it, {@code .} an input that is ignored, {@code x} one that is refused; after {@code +} the
 * exception that is opened.
 */
class EveryCellTest {

  private static final String TABLE =
      """
      ORDER_PLACED       PENDING . . . . . x
      PAYMENT_SUCCEEDED  UNPLACED+UNKNOWN_ORDER PAID PAID+DOUBLE_PAYMENT SHIPPED+DOUBLE_PAYMENT COMPLETED+DOUBLE_PAYMENT REFUNDED+DOUBLE_PAYMENT CANCELLED+LATE_PAYMENT
      REFUND_SUCCEEDED   UNPLACED+REFUND_WITHOUT_PAYMENT PENDING+REFUND_WITHOUT_PAYMENT REFUNDED REFUNDED REFUNDED REFUNDED+REFUND_EXCEEDS_PAYMENT CANCELLED+REFUND_WITHOUT_PAYMENT
      REFUND_ABNORMAL    UNPLACED+REFUND_ABNORMAL PENDING+REFUND_ABNORMAL PAID+REFUND_ABNORMAL SHIPPED+REFUND_ABNORMAL COMPLETED+REFUND_ABNORMAL REFUNDED CANCELLED+REFUND_ABNORMAL
      REFUND_CLOSED      UNPLACED+REFUND_CLOSED PENDING+REFUND_CLOSED PAID+REFUND_CLOSED SHIPPED+REFUND_CLOSED COMPLETED+REFUND_CLOSED REFUNDED CANCELLED+REFUND_CLOSED
      CANCEL_REQUESTED   x CANCELLED x x x x .
      SHIP_REQUESTED     x x SHIPPED . . x x
      COMPLETE_REQUESTED x x x COMPLETED . x x
      RESOLVE_REQUESTED  x x x x x x x
      OBSERVED_UNPAID    . PENDING . . . . .
      OBSERVED_CLOSED    . PENDING . . . . .
      OBSERVED_NOT_FOUND . PENDING . . . . .
      OBSERVED_TOLD      . PENDING . . . . .
      OBSERVED_UNKNOWN   . PENDING . . . . .
      OBSERVED_GAVE_UP   . PENDING . . . . .
      DEADLINE_DUE       . PENDING . . . . .
      ASK_DUE            . . . . . . .
      """;

  private static final List<OrderStatus> COLUMNS =
      List.of(
          OrderStatus.UNPLACED,
          OrderStatus.PENDING,
          OrderStatus.PAID,
          OrderStatus.SHIPPED,
          OrderStatus.COMPLETED,
          OrderStatus.REFUNDED,
          OrderStatus.CANCELLED);

  private static History at(OrderStatus status) {
    OrderInput place = place("c1", DUE);
    return switch (status) {
      case UNPLACED -> History.of();
      case PENDING -> History.of(place);
      case PAID -> History.of(place, paid("t1"));
      case SHIPPED -> History.of(place, paid("t1"), ship("c2"));
      case COMPLETED -> History.of(place, paid("t1"), ship("c2"), complete("c3"));
      case REFUNDED -> History.of(place, paid("t1"), refunded("t1", "r1", DUE));
      case CANCELLED -> History.of(place, cancel("c2"));
    };
  }

  private static OrderInput input(InputKind kind) {
    return switch (kind) {
      case ORDER_PLACED -> place("again", DUE);
      case PAYMENT_SUCCEEDED -> paid("t9");
      case REFUND_SUCCEEDED -> refunded("t1", "r9", DUE);
      case REFUND_ABNORMAL ->
          Inputs.refund("t1", "r8", RefundOutcome.ABNORMAL, 5L, null, "CNY", null);
      case REFUND_CLOSED -> Inputs.refund("t1", "r8", RefundOutcome.CLOSED, 5L, null, "CNY", null);
      case CANCEL_REQUESTED -> cancel("c8");
      case SHIP_REQUESTED -> ship("c8");
      case COMPLETE_REQUESTED -> complete("c8");
      case RESOLVE_REQUESTED -> Inputs.resolve("c8", "LATE_PAYMENT/s1:o1/wechat:a1:t7");
      case OBSERVED_UNPAID -> Inputs.observed(Answer.UNPAID, "q1", 1);
      case OBSERVED_CLOSED -> Inputs.observed(Answer.CLOSED, "q1", 1);
      case OBSERVED_NOT_FOUND -> Inputs.observed(Answer.NOT_FOUND, "q1", 1);
      case OBSERVED_TOLD -> Inputs.observed(Answer.TOLD, "q1", 1);
      case OBSERVED_UNKNOWN -> Inputs.observed(Answer.UNKNOWN, "q1", 1);
      case OBSERVED_GAVE_UP -> Inputs.observed(Answer.GAVE_UP, "q1", 1);
      case DEADLINE_DUE -> Inputs.due();
      case ASK_DUE -> Inputs.ask(Inputs.NOW.plusSeconds(30));
    };
  }

  @Test
  void eachCellDoesWhatItSays() {
    Map<InputKind, List<String>> found = new EnumMap<>(InputKind.class);
    Map<InputKind, List<String>> expected = new EnumMap<>(InputKind.class);
    for (String line : TABLE.lines().toList()) {
      List<String> words = List.of(line.split(" +"));
      InputKind kind = InputKind.valueOf(words.get(0));
      expected.put(kind, words.subList(1, words.size()));
      List<String> cells = new ArrayList<>();
      COLUMNS.forEach(status -> cells.add(cell(at(status), input(kind))));
      found.put(kind, cells);
    }
    assertThat(expected).containsOnlyKeys(InputKind.values());
    assertThat(COLUMNS).containsExactlyInAnyOrder(OrderStatus.values());
    assertThat(found).isEqualTo(expected);
  }

  private static String cell(History history, OrderInput input) {
    int cases = history.cases.size();
    int ignored = history.ignored;
    int refused = history.refused;
    history.apply(input);
    List<ExceptionCase> opened = history.cases.subList(cases, history.cases.size());
    if (history.ignored > ignored) {
      assertThat(opened).isEmpty();
      return ".";
    }
    if (history.refused > refused) {
      assertThat(opened)
          .extracting(ExceptionCase::kind)
          .containsExactly(ExceptionKind.COMMAND_REFUSED);
      return "x";
    }
    StringBuilder cell = new StringBuilder(history.ledger.status().name());
    opened.forEach(one -> cell.append('+').append(one.kind()));
    return cell.toString();
  }

  @Test
  void theSameAgainChangesNothing() {
    for (OrderStatus status : COLUMNS) {
      for (InputKind kind : InputKind.values()) {
        History history = at(status);
        history.apply(input(kind));
        OrderLedger once = history.ledger;
        history.apply(input(kind));
        assertThat(history.ledger).as(status + " " + kind).isEqualTo(once);
      }
    }
  }

  @Test
  void whatIsDecidedAtAnotherVersionIsRefusedInEveryStatus() {
    for (OrderStatus status : COLUMNS) {
      for (InputKind kind : InputKind.values()) {
        if (input(kind).command() != null) {
          History history = at(status);
          OrderLedger before = history.ledger;
          history.apply(Inputs.expecting(input(kind), before.version() + 1));
          assertThat(history.refused).as(status + " " + kind).isEqualTo(1);
          assertThat(history.ledger).isEqualTo(before);
          String reason = history.cases.get(history.cases.size() - 1).evidence().get("reason");
          assertThat(reason)
              .contains("at version " + before.version())
              .contains("at version " + (before.version() + 1));
        }
      }
    }
  }
}
