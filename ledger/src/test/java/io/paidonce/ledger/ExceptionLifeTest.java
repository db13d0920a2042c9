package io.paidonce.ledger;

import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.contract.ExceptionState.OPEN;
import static io.paidonce.contract.ExceptionState.RESOLVED;
import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.havingSeen;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refunded;
import static io.paidonce.ledger.Inputs.resolve;
import static io.paidonce.ledger.Inputs.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import org.junit.jupiter.api.Test;

/** Open, revised, resolved by a person, opened again by a fact, healed by itself. */
class ExceptionLifeTest {

  private static final String SECOND = "DOUBLE_PAYMENT/s1:o1/wechat:a1:t2";

  @Test
  void aPersonResolvesWithNameAndReason() {
    History history = History.of(place("c1", DUE), paid("t1"), paid("t2"), resolve("c2", SECOND));
    ExceptionCase last = history.cases.get(1);
    assertThat(last.exceptionId()).isEqualTo(SECOND);
    assertThat(last.state()).isEqualTo(RESOLVED);
    assertThat(last.revision()).isEqualTo(2);
    assertThat(last.openedAt()).isEqualTo(history.cases.get(0).openedAt());
    assertThat(last.evidence())
        .containsEntry("resolvedBy", "ann")
        .containsEntry("resolution", "looked into it")
        .containsEntry("paidMinor", "1200");
    assertThat(history.ledger.version()).isEqualTo(4);
    assertThat(history.transitions.get(3).to()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void resolvingAgainIsIgnored() {
    History history =
        History.of(
            place("c1", DUE), paid("t1"), paid("t2"), resolve("c2", SECOND), resolve("c3", SECOND));
    assertThat(history.ignored).isEqualTo(1);
  }

  @Test
  void whatThisOrderDoesNotHaveIsNotResolved() {
    History history = History.of(place("c1", DUE), resolve("c2", SECOND));
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
    assertThat(history.cases.get(0).evidence().get("reason")).contains("no such", SECOND);
  }

  @Test
  void whatHealedByItselfIsNotResolvedAgain() {
    History history =
        History.of(
            place("c1", DUE),
            paid("t1"),
            paid("t2"),
            refunded("t2", "r1", DUE),
            resolve("c2", SECOND));
    assertThat(history.ignored).isEqualTo(1);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aPersonWhoSawAnOlderRevisionIsRefused() {
    History history =
        History.of(
            place("c1", DUE),
            paid("t1"),
            paid("t2"),
            refunded("t2", "r1", 200),
            havingSeen(resolve("c2", SECOND), 1));
    assertThat(history.kinds()).endsWith(COMMAND_REFUSED);
    assertThat(history.open()).contains(SECOND);
    history.apply(havingSeen(resolve("c3", SECOND), 2));
    assertThat(history.open()).doesNotContain(SECOND);
  }

  @Test
  void evidenceFollowsLaterFacts() {
    History history =
        History.of(place("c1", DUE), paid("t1"), paid("t2"), refunded("t2", "r1", 200));
    assertThat(history.cases).hasSize(2);
    assertThat(history.cases.get(1).state()).isEqualTo(OPEN);
    assertThat(history.cases.get(1).revision()).isEqualTo(2);
    assertThat(history.cases.get(1).evidence()).containsEntry("refundedMinor", "200");
  }

  @Test
  void aRefundOnItsWayDoesNotOpenWhatAPersonResolvedAndItsEndSaysNothingNew() {
    History history =
        History.of(
            place("c1", DUE),
            paid("t1"),
            paid("t2"),
            resolve("c2", SECOND),
            refunded("t2", "r1", 200),
            refunded("t2", "r2", DUE - 200));
    assertThat(history.cases).hasSize(2);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aNewFactAboutTheSameMatterOpensItAgain() {
    String tooMuch = "OVERPAYMENT/s1:o1/order";
    History history =
        History.of(
            place("c1", DUE, new PaymentPolicy(true, LatePayment.REVIEW)),
            paid("t1", DUE + 1),
            resolve("c2", tooMuch),
            paid("t2", 50));
    assertThat(history.cases)
        .extracting(ExceptionCase::state)
        .containsExactly(OPEN, RESOLVED, OPEN);
    assertThat(history.cases).extracting(ExceptionCase::revision).containsExactly(1L, 2L, 3L);
    assertThat(history.cases.get(2).evidence())
        .containsEntry("excessMinor", "51")
        .doesNotContainKey("resolvedBy");
    history.apply(refunded("t2", "r1", 50));
    history.apply(refunded("t1", "r2", 1));
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aRefusedCommandIsResolvedByTheRevisionThatWasSeen() {
    History history = History.of(ship("c1"));
    String refused = "COMMAND_REFUSED/s1:o1/c1";
    assertThat(history.open()).containsExactly(refused);
    history.apply(resolve("c2", refused));
    assertThat(history.cases.get(1).evidence().get("reason")).contains("exceptionRevision");
    history.apply(havingSeen(resolve("c3", refused), 1));
    assertThat(history.open()).containsExactly("COMMAND_REFUSED/s1:o1/c2");
    assertThat(history.cases.get(2).revision()).isEqualTo(2);
    assertThat(history.cases.get(2).kind()).isEqualTo(ExceptionKind.COMMAND_REFUSED);
    history.apply(havingSeen(resolve("c4", refused), 1));
    assertThat(history.ignored).isEqualTo(1);
  }
}
