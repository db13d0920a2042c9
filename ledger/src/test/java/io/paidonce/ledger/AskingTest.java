package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.NOW;
import static io.paidonce.ledger.Inputs.ORDER;
import static io.paidonce.ledger.Inputs.answer;
import static io.paidonce.ledger.Inputs.ask;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.due;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Combination;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.SubOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pending order asks its providers, and what it makes of the answers. */
class AskingTest {

  private static final PaymentPolicy PROVIDER =
      PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.PROVIDER);
  private static final String A = "wechat:a1";
  private static final String B = "alipay:b1";

  @Test
  void eachAccountIsAskedAfterHalfAMinuteThenEachMinuteUntilItIsDue() {
    History history = History.of(place("c1", PROVIDER, A, B));
    List<Long> seconds = new ArrayList<>();
    while (history.ledger.wake() != null && history.ledger.wake().why() == Wake.Why.ASK) {
      Instant at = history.ledger.wake().at();
      seconds.add(Duration.between(NOW, at).toSeconds());
      history.apply(ask(at));
    }
    assertThat(seconds).startsWith(30L, 90L, 151L).hasSize(15).last().isEqualTo(879L);
    assertThat(history.ledger.wake()).isEqualTo(new Wake(NOW.plusSeconds(900), Wake.Why.DEADLINE));
    assertThat(history.requests).hasSize(30);
    ProviderRequest first = history.requests.get(0);
    assertThat(first.kind()).isEqualTo(RequestKind.QUERY);
    assertThat(first.asked()).hasToString(B);
    assertThat(first.requestId()).isEqualTo("query/s1:o1/alipay:b1");
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(first.orderVersion()).isEqualTo(2);
    assertThat(first.until()).isEqualTo(first.requestedAt().plusSeconds(60));
    assertThat(history.requests.get(29).attempt()).isEqualTo(15);
  }

  @Test
  void anOrderWhoseProviderNobodyCanAskAsksNothingAndIsNotCancelled() {
    History history = History.of(place("c1", PROVIDER));
    assertThat(history.ledger.wake()).isEqualTo(new Wake(NOW.plusSeconds(900), Wake.Why.DEADLINE));
    history.apply(due(900));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.ledger.dueSince()).isNotNull();
    assertThat(history.requests).isEmpty();
  }

  @Test
  void askingTooEarlyAsksNothing() {
    History history = History.of(place("c1", PROVIDER, A));
    history.apply(ask(NOW.plusSeconds(29)));
    assertThat(history.requests).isEmpty();
    assertThat(history.ignored).isEqualTo(1);
  }

  @Test
  void itIsQueriedThenClosedAtEachAccountAndCancelledWhenAllSayThatNobodyPaid() {
    History history = History.of(place("c1", PROVIDER, A, B), due(900));
    assertThat(history.ledger.snapshot().closingSince()).isEqualTo(NOW.plusSeconds(907));
    assertThat(kinds(history)).containsExactly("QUERY alipay:b1", "QUERY wechat:a1");
    reply(history, 0, Answer.NOT_FOUND);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    reply(history, 1, Answer.UNPAID);
    assertThat(kinds(history)).hasSize(3).last().isEqualTo("CLOSE wechat:a1");
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    reply(history, 2, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.ledger.wake()).isNull();
    assertThat(history.cancelled)
        .singleElement()
        .satisfies(
            cancelled -> {
              assertThat(cancelled.actor()).isEqualTo("deadline");
              assertThat(cancelled.commandId()).isEqualTo("deadline:s1:o1:2026-01-31T12:15:00Z");
            });
  }

  @Test
  void aCancelGoesTheSameWayAndKeepsItsActor() {
    History history = History.of(place("c1", PROVIDER, A), cancel("c2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(kinds(history)).containsExactly("QUERY wechat:a1");
    history.apply(cancel("c3"));
    history.apply(due(900));
    assertThat(history.requests).hasSize(1);
    assertThat(history.ignored).isEqualTo(2);
    reply(history, 0, Answer.CLOSED);
    assertThat(history.cancelled)
        .singleElement()
        .satisfies(
            cancelled -> {
              assertThat(cancelled.actor()).isEqualTo("shop");
              assertThat(cancelled.commandId()).isEqualTo("c2");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      names = {"UNKNOWN", "GAVE_UP", "TOLD"})
  void silenceErrorsAndAPaymentOnItsWayCloseNothing(Answer answer) {
    History history = History.of(place("c1", PROVIDER, A), due(900));
    for (int i = 0; i < 20; i++) {
      reply(history, i, answer);
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
      assertThat(history.requests).hasSize(i + 1);
      Wake wake = history.ledger.wake();
      assertThat(wake.why()).isEqualTo(Wake.Why.ASK);
      assertThat(Duration.between(history.requests.get(i).requestedAt(), wake.at()))
          .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(16));
      history.apply(ask(wake.at()));
    }
    assertThat(kinds(history)).containsOnly("QUERY wechat:a1");
    assertThat(history.ledger.snapshot().observations())
        .singleElement()
        .satisfies(one -> assertThat(one.answer()).isEqualTo(answer));
  }

  @Test
  void aCloseThatDidNotCloseIsFollowedByAQuery() {
    History history = History.of(place("c1", PROVIDER, A), due(900));
    reply(history, 0, Answer.UNPAID);
    reply(history, 1, Answer.UNPAID);
    assertThat(kinds(history)).containsExactly("QUERY wechat:a1", "CLOSE wechat:a1");
    history.apply(ask(history.ledger.wake().at()));
    assertThat(kinds(history)).hasSize(3).last().isEqualTo("QUERY wechat:a1");
    reply(history, 2, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void anAnswerToAnEarlierAttemptIsNotedAndClosesNothing() {
    History history = History.of(place("c1", PROVIDER, A));
    history.apply(ask(NOW.plusSeconds(30)));
    history.apply(due(900));
    reply(history, 0, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    history.apply(ask(history.ledger.wake().at()));
    reply(history, 1, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    reply(history, 2, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void anAnswerOfOneAccountClosesNoOther() {
    History history = History.of(place("c1", PROVIDER, A, B), due(900));
    ProviderRequest toB = history.requests.get(0);
    ProviderRequest forged =
        new ProviderRequest(
            1,
            toB.requestId(),
            toB.kind(),
            "s1",
            "o1",
            "wechat",
            "a1",
            null,
            null,
            null,
            null,
            null,
            "",
            1,
            2,
            NOW,
            null);
    Closing before = history.ledger.closing();
    history.apply(answer(forged, Answer.CLOSED, NOW.plusSeconds(910)));
    assertThat(history.ledger.closing()).isEqualTo(before);
    reply(history, 0, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
  }

  @Test
  void whatIsPaidTogetherWithOthersIsAskedForTogetherAtThatAccountOnly() throws Exception {
    Combination combined =
        new Combination(
            ProviderAccount.parse(A), "C1", "wx1", List.of(new SubOrder("a1", ORDER.orderNo())));
    History history = History.of(place("c1", PROVIDER.combinedAs(combined), A, B));
    history.apply(ask(NOW.plusSeconds(30)));
    history.apply(due(900));
    reply(history, 2, Answer.UNPAID);
    reply(history, 3, Answer.UNPAID);
    assertThat(kinds(history))
        .containsExactly(
            "QUERY alipay:b1",
            "QUERY wechat:a1",
            "QUERY alipay:b1",
            "QUERY wechat:a1",
            "CLOSE alipay:b1",
            "CLOSE wechat:a1");
    assertThat(history.requests)
        .allSatisfy(
            one ->
                assertThat(one.combined()).isEqualTo(one.account().equals("a1") ? combined : null));
    reply(history, 4, Answer.CLOSED);
    assertThat(StoredLedgers.read(ORDER, StoredLedgers.write(history.ledger)))
        .isEqualTo(history.ledger);
    reply(history, 5, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(StoredLedgers.read(ORDER, StoredLedgers.write(history.ledger)))
        .isEqualTo(history.ledger);
  }

  @Test
  void whereOthersAreAskedTheAccountOfTheCombinationIsTheirFellow() {
    Combination combined =
        new Combination(
            ProviderAccount.parse(A), "C1", "wx1", List.of(new SubOrder("a1", ORDER.orderNo())));
    PaymentPolicy together = PaymentPolicy.DEFAULT.combinedAs(combined);
    TimeToPay shop =
        new TimeToPay(
            Duration.ofMinutes(15), OnDeadline.PROVIDER, List.of(ProviderAccount.parse(B)));
    assertThat(shop.accounts(together)).map(ProviderAccount::toString).containsExactly(B, A);
    assertThat(shop.accounts(PaymentPolicy.DEFAULT)).hasSize(1);
    assertThat(TimeToPay.DEFAULT.accounts(together)).isEmpty();
  }

  @Test
  void whatIsPaidWhileItIsClosedIsPaid() {
    History history = History.of(place("c1", PROVIDER, A), due(900), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.ledger.wake()).isNull();
    reply(history, 0, Answer.CLOSED);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cancelled).isEmpty();
  }

  @Test
  void moneyThatDoesNotPayTheOrderDoesNotKeepItOpen() {
    History history = History.of(place("c1", PROVIDER, A), paid("t1", 7), due(900));
    reply(history, 0, Answer.TOLD);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.open()).containsExactly("AMOUNT_MISMATCH/s1:o1/wechat:a1:t1");
  }

  @Test
  void withoutADeadlinesProviderItIsAskedUntilItIsDueAndThenNoMore() {
    PaymentPolicy none = PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.NONE);
    History history = History.of(place("c1", none, A));
    assertThat(history.ledger.wake()).isEqualTo(new Wake(NOW.plusSeconds(30), Wake.Why.ASK));
    history.apply(due(900));
    assertThat(history.ledger.wake()).isNull();
    assertThat(history.requests).isEmpty();
  }

  @Test
  void allOfItIsStoredAndReadAgain() throws Exception {
    PaymentPolicy policy = new PaymentPolicy(false, LatePayment.REFUND);
    History history =
        History.of(
            place("c1", policy.withDeadline(900, OnDeadline.PROVIDER), A), due(900), cancel("x"));
    assertThat(StoredLedgers.read(ORDER, StoredLedgers.write(history.ledger)))
        .isEqualTo(history.ledger);
    reply(history, 0, Answer.CLOSED);
    history.apply(paid("t1"));
    assertThat(history.ledger.refunding()).hasSize(1);
    assertThat(StoredLedgers.read(ORDER, StoredLedgers.write(history.ledger)))
        .isEqualTo(history.ledger);
    assertThat(history.requests.get(1).amountMinor()).isEqualTo(DUE);
  }

  private static void reply(History history, int request, Answer answer) {
    ProviderRequest to = history.requests.get(request);
    history.apply(answer(to, answer, to.requestedAt().plusSeconds(2)));
  }

  private static List<String> kinds(History history) {
    return history.requests.stream().map(one -> one.kind() + " " + one.asked()).toList();
  }
}
