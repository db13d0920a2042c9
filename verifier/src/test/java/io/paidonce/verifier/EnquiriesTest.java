package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Combination;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.SubOrder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an order may be cancelled because its providers said so. */
class EnquiriesTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final ProviderAccount WECHAT = new ProviderAccount("wechat", "a1");
  private static final ProviderAccount ALIPAY = new ProviderAccount("alipay", "b1");

  private final Enquiries enquiries = new Enquiries();

  @ParameterizedTest
  @CsvSource({
    "CLOSED, true",
    "NOT_FOUND, true",
    "UNPAID, false",
    "TOLD, false",
    "UNKNOWN, false",
    "GAVE_UP, false"
  })
  void onlyThatNobodyPaidAndNobodyCanAllowsIt(Answer answer, boolean allows) {
    ask(WECHAT, 1, 5);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isFalse();
    answer(WECHAT, 1, answer);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isEqualTo(allows);
  }

  @Test
  void orTheMoneyOfThatAccountIsKnownAndDoesNotPay() {
    ask(WECHAT, 1, 5);
    answer(WECHAT, 1, Answer.TOLD);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of(WECHAT))).isTrue();
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of(ALIPAY))).isFalse();
  }

  @Test
  void everyAccountMustSayIt() {
    ask(WECHAT, 1, 5);
    ask(ALIPAY, 1, 5);
    answer(WECHAT, 1, Answer.CLOSED);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isFalse();
    answer(ALIPAY, 1, Answer.CLOSED);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isTrue();
    assertThat(
            enquiries.allowCancelling(
                5,
                PaymentPolicy.DEFAULT.payableAt(List.of(new ProviderAccount("x", "y"))),
                Set.of()))
        .isFalse();
  }

  @Test
  void whatWasAskedBeforeClosingBeganDoesNotCount() {
    ask(WECHAT, 1, 4);
    answer(WECHAT, 1, Answer.CLOSED);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isFalse();
  }

  @Test
  void nobodyAskedIsNoAnswer() {
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isFalse();
  }

  @Test
  void oneOfSeveralPaidTogetherMustBeAskedForTogether() {
    Combination combined = new Combination(WECHAT, "C1", "wx1", List.of(new SubOrder("a1", "o1")));
    PaymentPolicy together = PaymentPolicy.DEFAULT.combinedAs(combined);
    ask(WECHAT, 1, 5);
    answer(WECHAT, 1, Answer.NOT_FOUND);
    assertThat(enquiries.allowCancelling(5, together, Set.of())).isFalse();
    ask(WECHAT, 2, 6, combined);
    answer(WECHAT, 2, Answer.CLOSED);
    assertThat(enquiries.allowCancelling(5, together, Set.of())).isTrue();
    assertThat(enquiries.allowCancelling(6, PaymentPolicy.DEFAULT, Set.of())).isFalse();
  }

  @Test
  void theFirstAnswerCounts() {
    ask(WECHAT, 1, 5);
    answer(WECHAT, 1, Answer.UNPAID);
    answer(WECHAT, 1, Answer.CLOSED);
    assertThat(enquiries.allowCancelling(5, PaymentPolicy.DEFAULT, Set.of())).isFalse();
  }

  @Test
  void whatNobodyAnsweredIsFoundSomeTimeAfterItsTime() {
    ask(WECHAT, 1, 5);
    ask(WECHAT, 2, 6);
    answer(WECHAT, 2, Answer.GAVE_UP);
    assertThat(enquiries.unanswered(NOW.plusSeconds(180))).isEmpty();
    assertThat(enquiries.unanswered(NOW.plusSeconds(181)))
        .singleElement()
        .satisfies(one -> assertThat(one.attempt()).isEqualTo(1));
  }

  private void ask(ProviderAccount account, int attempt, long version) {
    ask(account, attempt, version, null);
  }

  private void ask(
      ProviderAccount account, int attempt, long version, @Nullable Combination combined) {
    enquiries.add(
        new ProviderRequest(
            1,
            "close/" + account,
            RequestKind.QUERY,
            "s1",
            "o1",
            account.provider(),
            account.account(),
            null,
            null,
            null,
            null,
            null,
            combined,
            "closing",
            attempt,
            version,
            NOW,
            NOW.plusSeconds(60)));
  }

  private void answer(ProviderAccount account, int attempt, Answer answer) {
    enquiries.add(
        new Observation(
            account.provider(), account.account(), "close/" + account, attempt, answer, NOW));
  }
}
