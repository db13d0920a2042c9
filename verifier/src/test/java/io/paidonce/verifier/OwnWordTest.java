package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Witness;
import io.paidonce.providers.EvidenceCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we may say ourselves of a request, and of whom. */
class OwnWordTest {

  private static final EvidenceCheck NO_ACCOUNTS = EvidenceCheck.of(List.of());

  private static PaymentNotification said(Answer answer, Authentication authentication) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        "1900000009",
        "none",
        Wechat.SHOP,
        "o1",
        NotificationKind.OBSERVATION,
        answer.name(),
        null,
        "delivery-1",
        authentication,
        Witness.QUERY,
        Wechat.NOW,
        null,
        null,
        new Observation(
            "wechat", "1900000009", "query/s1:o1", 1, answer, "no credentials", Wechat.NOW),
        new Evidence("none", Map.of(), RawBytes.of(new byte[0])));
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void onlyThatNothingIsKnownAlsoOfAnAccountThatIsNoneOfOurs(Answer answer) {
    boolean isAllowed = answer == Answer.GAVE_UP || answer == Answer.UNKNOWN;
    assertThat(NO_ACCOUNTS.judge(said(answer, Authentication.OWN)).fault().isEmpty())
        .isEqualTo(isAllowed);
  }

  @Test
  void whatIsSaidToBeSignedNeedsAnAccountThatItIsVerifiedBy() {
    assertThat(NO_ACCOUNTS.judge(said(Answer.GAVE_UP, Authentication.SIGNED)).fault())
        .hasValueSatisfying(why -> assertThat(why).contains("was not given"));
  }
}
