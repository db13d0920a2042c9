package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What requests come to, in virtual time. */
class DeskTest {

  private static PaymentNotification observation(Play play) {
    return play.only().observation();
  }

  private static Play asking(RequestKind kind, Outcome... outcomes) {
    Play play = Play.answering(outcomes);
    play.accept(Given.request(kind, "o1"));
    return play.out();
  }

  private static void assertOwnWord(Report report, Answer answer) {
    PaymentNotification said = report.observation();
    assertThat(report.facts()).isEmpty();
    assertThat(said.authentication()).isEqualTo(Authentication.OWN);
    assertThat(said.evidence().keyId()).isEqualTo("none");
    assertThat(said.evidence().headers()).isEmpty();
    assertThat(said.evidence().body().length()).isZero();
    assertThat(said.eventType()).isEqualTo(answer.name());
    assertThat(said.observation().answer()).isEqualTo(answer);
    assertThat(said.observation().detail()).isNotBlank().hasSizeLessThanOrEqualTo(300);
  }

  private static void assertSigned(Report report, Answer answer, Standing standing) {
    PaymentNotification said = report.observation();
    assertThat(said.authentication()).isEqualTo(Authentication.SIGNED);
    assertThat(said.evidence()).isEqualTo(Given.ANSWER);
    assertThat(said.eventType()).isEqualTo(standing.name());
    assertThat(said.observation().answer()).isEqualTo(answer);
    assertThat(said.observation().detail()).isEqualTo(standing.name());
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void aQueryIsAnsweredByWhateverIsSigned(Standing standing) {
    boolean fact = standing.answer().isEmpty();
    Play play =
        asking(RequestKind.QUERY, fact ? Given.told(standing, "o1") : Given.observed(standing));
    assertSigned(play.only(), standing.answer().orElse(Answer.TOLD), standing);
    assertThat(play.only().facts()).hasSize(fact ? 1 : 0);
    assertThat(play.steps()).containsExactly(Step.QUERY_ORDER);
  }

  @Test
  void anObservationNamesTheRequestItAnswers() {
    Play play = asking(RequestKind.QUERY, Given.observed(Standing.UNPAID));
    PaymentNotification said = observation(play);
    Instant answered = Given.NOW.plus(Play.LATENCY);
    assertThat(said.observation())
        .isEqualTo(
            new Observation("wechat", "a1", "QUERY/s1:o1/1", 1, Answer.UNPAID, "UNPAID", answered));
    assertThat(said.kind()).isEqualTo(NotificationKind.OBSERVATION);
    assertThat(said.witness()).isEqualTo(Witness.QUERY);
    assertThat(said.shop()).isEqualTo(Given.SHOP);
    assertThat(said.orderNo()).isEqualTo("o1");
    assertThat(said.protocol()).isEqualTo("wechat-v3");
    assertThat(said.receivedAt()).isEqualTo(answered);
    assertThat(said.deliveryId()).isEqualTo(play.asked.get(0).errand().ask().deliveryId());
    assertThat(said.key()).isEqualTo("wechat:a1:out:o1");
  }

  @Test
  void factsAreTheProvidersOwnAndComeBeforeTheWordThatTheyWereTold() {
    Report report = asking(RequestKind.QUERY, Given.told(Standing.PAID, "o1")).only();
    assertThat(report.facts()).containsExactly(Given.paid("o1"));
    assertThat(report.observation().evidence()).isEqualTo(Given.paid("o1").evidence());
    assertThat(report.observation().receivedAt()).isEqualTo(Given.paid("o1").receivedAt());
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void aRefusedQueryIsOurOwnWordThatNothingIsKnown(Refusal why) {
    Play play = asking(RequestKind.QUERY, Given.refused(why, false));
    assertOwnWord(play.only(), Answer.UNKNOWN);
    assertThat(observation(play).observation().detail())
        .isEqualTo("refused with HTTP 400 CODE_OF_" + why + ", not signed");
    assertThat(play.asked).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void noDoubtIsEverAnAnswer(Doubt why) {
    Play play = asking(RequestKind.QUERY, Given.unknown(why));
    assertOwnWord(play.only(), Answer.GAVE_UP);
    assertThat(observation(play).observation().detail()).contains(why + ", as a test has it");
    assertThat(play.ended.get(0).at()).isEqualTo(Given.NOW.plus(Given.A_WHILE));
    assertThat(play.asked).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void afterEveryDoubtTheNextAnswerCounts(Doubt why) {
    for (RequestKind kind : List.of(RequestKind.QUERY, RequestKind.QUERY_REFUND)) {
      Play play = asking(kind, Given.unknown(why), Given.observed(Standing.NOT_FOUND));
      assertSigned(play.only(), Answer.NOT_FOUND, Standing.NOT_FOUND);
      assertThat(play.steps()).hasSize(2);
    }
  }

  @Test
  void aProbeIsAnsweredByAskingAtOnceAndOnlySoOften() {
    Play play = asking(RequestKind.QUERY, Given.unknown(Doubt.PROBE));
    int atOnce = DeskSettings.DEFAULT.probesAtOnce();
    for (int i = 1; i <= atOnce; i++) {
      assertThat(play.asked.get(i).at()).isEqualTo(play.asked.get(i - 1).at().plus(Play.LATENCY));
    }
    assertThat(play.asked.get(atOnce + 1).at())
        .isAfter(play.asked.get(atOnce).at().plus(Play.LATENCY));
  }

  @Test
  void aProbeOfACloseOrARefundRepeatsIt() {
    assertThat(
            asking(
                    RequestKind.CLOSE,
                    Given.unknown(Doubt.PROBE),
                    Given.observed(Standing.CLOSE_ACCEPTED),
                    Given.observed(Standing.CLOSED))
                .steps())
        .containsExactly(Step.CLOSE, Step.CLOSE, Step.QUERY_ORDER);
    assertThat(
            asking(
                    RequestKind.REFUND,
                    Given.unknown(Doubt.PROBE),
                    Given.told(Standing.REFUND_SETTLED, "o1"))
                .steps())
        .containsExactly(Step.REFUND, Step.REFUND);
  }

  @Test
  void anAccountThatAsksTooOftenWaitsAsLongAsItIsTold() {
    Duration wait = Duration.ofSeconds(40);
    Play play =
        Play.of(
            (errand, at) ->
                errand.request().orderNo().equals("o1") && at.isBefore(Given.NOW.plus(wait))
                    ? Given.throttled(wait)
                    : Given.observed(Standing.UNPAID));
    play.accept(Given.request(RequestKind.QUERY, "o1"));
    play.until(Given.NOW.plusSeconds(1));
    play.accept(Given.request(RequestKind.QUERY, "o2"));
    play.accept(
        Given.request(RequestKind.QUERY, Given.A2, "o3", play.now, play.now.plus(Given.A_WHILE)));
    play.out();
    Instant told = Given.NOW.plus(Play.LATENCY).plus(wait);
    assertThat(play.asked.stream().filter(a -> a.orderNo().equals("o2")).findFirst())
        .hasValueSatisfying(a -> assertThat(a.at()).isAfterOrEqualTo(told));
    assertThat(play.asked.stream().filter(a -> a.orderNo().equals("o3")).findFirst())
        .hasValueSatisfying(a -> assertThat(a.at()).isBefore(told));
    assertThat(play.ended).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void onlyAHostThatIsNotReachedHandsOver(Doubt why) {
    Play play = asking(RequestKind.QUERY, Given.unknown(why), Given.observed(Standing.UNPAID));
    assertThat(play.asked.get(1).errand().ask().host()).isEqualTo(why.blamesHost() ? 1 : 0);
  }

  @Test
  void aProviderThatIsDownIsLeftAloneButForOneQuestionAPause() {
    Play play = Play.answering(Given.unknown(Doubt.SERVER_ERROR));
    for (int i = 0; i < 30; i++) {
      play.accept(Given.request(RequestKind.QUERY, "o" + i));
    }
    play.out();
    DeskSettings settings = DeskSettings.DEFAULT;
    int before = settings.breakerThreshold() + settings.inFlightPerAccount();
    assertThat(play.asked).hasSizeLessThan(before + 14).hasSizeGreaterThan(before);
    List<Instant> trials = play.asked.stream().skip(before).map(Play.Asked::at).toList();
    for (int i = 1; i < trials.size(); i++) {
      assertThat(trials.get(i)).isAfterOrEqualTo(trials.get(i - 1).plus(settings.breakerPause()));
    }
    assertThat(play.ended).hasSize(30);
    assertThat(play.ended).allSatisfy(e -> assertOwnWord(e.report(), Answer.GAVE_UP));
    assertThat(details(play)).anyMatch(d -> d.contains("its provider does not answer"));
  }

  @Test
  void aProviderThatComesBackIsAskedAgain() {
    Instant back = Given.NOW.plusSeconds(60);
    Play play =
        Play.of(
            (errand, at) ->
                at.isBefore(back)
                    ? Given.unknown(Doubt.NOT_SENT)
                    : Given.observed(Standing.UNPAID));
    for (int i = 0; i < 30; i++) {
      play.accept(Given.request(RequestKind.QUERY, "o" + i));
    }
    play.out();
    assertThat(play.ended)
        .hasSize(30)
        .allSatisfy(e -> assertSigned(e.report(), Answer.UNPAID, Standing.UNPAID));
  }

  @Test
  void aRequestReadTooLateIsNotAsked() {
    Play play = Play.answering(Given.observed(Standing.UNPAID));
    play.accept(
        Given.request(RequestKind.CLOSE, Given.A1, "o1", Given.NOW.minusSeconds(60), Given.NOW));
    play.out();
    assertOwnWord(play.only(), Answer.GAVE_UP);
    assertThat(play.asked).isEmpty();
    assertThat(observation(play).observation().detail()).contains("after it was to be given up");
  }

  @Test
  void anAccountWithoutCredentialsIsSaidToHaveNone() {
    ProviderAccount unknown = new ProviderAccount("wechat", "1900000009");
    Play play = Play.answering(Given.observed(Standing.UNPAID));
    play.accept(Given.request(RequestKind.QUERY, unknown, "o1", Given.NOW, null));
    play.out();
    assertOwnWord(play.only(), Answer.GAVE_UP);
    assertThat(observation(play).observation().detail())
        .isEqualTo("no credentials for wechat:1900000009 are configured here");
    assertThat(observation(play).protocol()).isEqualTo("none");
    assertThat(play.asked).isEmpty();
  }

  @Test
  void anotherShopsAccountIsNotAskedForThisOne() {
    Play play = Play.answering(Given.observed(Standing.UNPAID));
    play.accept(ofShop(Given.request(RequestKind.QUERY, "o1"), "s2"));
    play.out();
    assertOwnWord(play.only(), Answer.GAVE_UP);
    assertThat(observation(play).shop()).isEqualTo("s2");
    assertThat(observation(play).observation().detail()).contains("belongs to shop s1");
    assertThat(play.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Standing.class,
      names = {"CLOSED", "NOT_FOUND", "UNCLEAR", "PAID"})
  void acceptedToCloseIsNotClosed(Standing standing) {
    Outcome said =
        standing == Standing.PAID ? Given.told(standing, "o1") : Given.observed(standing);
    Play play = asking(RequestKind.CLOSE, Given.observed(Standing.CLOSE_ACCEPTED), said);
    assertThat(play.steps()).containsExactly(Step.CLOSE, Step.QUERY_ORDER);
    assertSigned(play.only(), standing.answer().orElse(Answer.TOLD), standing);
  }

  @ParameterizedTest
  @EnumSource(
      value = Standing.class,
      names = {"UNPAID", "PAYING", "PAY_FAILED"})
  void anOrderStillOpenAfterItsCloseIsToldToCloseAgainUntilItIsOver(Standing standing) {
    Play play =
        Play.of(
            (errand, at) ->
                errand.step() == Step.CLOSE
                    ? Given.observed(Standing.CLOSE_ACCEPTED)
                    : Given.observed(standing));
    play.accept(Given.request(RequestKind.CLOSE, "o1"));
    play.out();
    assertSigned(play.only(), Answer.UNPAID, standing);
    assertThat(play.ended.get(0).at()).isEqualTo(Given.NOW.plus(Given.A_WHILE));
    assertThat(play.steps())
        .startsWith(Step.CLOSE, Step.QUERY_ORDER, Step.CLOSE, Step.QUERY_ORDER)
        .hasSizeLessThan(40);
  }

  @Test
  void aCustomerWhoIsJustPayingHasPaid() {
    Play play =
        asking(
            RequestKind.CLOSE,
            Given.refused(Refusal.WRONG_STATE, false),
            Given.observed(Standing.PAYING),
            Given.refused(Refusal.ALREADY_PAID, false),
            Given.told(Standing.PAID, "o1"));
    assertSigned(play.only(), Answer.TOLD, Standing.PAID);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void aRefusedCloseOnlyLeadsToAQuery(Refusal why) {
    for (boolean signed : new boolean[] {true, false}) {
      Play play =
          asking(RequestKind.CLOSE, Given.refused(why, signed), Given.told(Standing.PAID, "o1"));
      assertThat(play.steps()).containsExactly(Step.CLOSE, Step.QUERY_ORDER);
      assertSigned(play.only(), Answer.TOLD, Standing.PAID);
    }
  }

  @Test
  void aSignedNotFoundToACloseIsNoAnswerEither() {
    Play play =
        asking(
            RequestKind.CLOSE, Given.observed(Standing.NOT_FOUND), Given.told(Standing.PAID, "o1"));
    assertSigned(play.only(), Answer.TOLD, Standing.PAID);
  }

  @Test
  void aCloseThatMayHaveBeenLostIsRepeatedWhileTheOrderIsOpen() {
    Play play =
        asking(
            RequestKind.CLOSE,
            Given.unknown(Doubt.TIMED_OUT),
            Given.observed(Standing.UNPAID),
            Given.observed(Standing.CLOSE_ACCEPTED),
            Given.observed(Standing.CLOSED));
    assertThat(play.steps())
        .containsExactly(Step.CLOSE, Step.QUERY_ORDER, Step.CLOSE, Step.QUERY_ORDER);
    assertSigned(play.only(), Answer.CLOSED, Standing.CLOSED);
  }

  @Test
  void aCloseThatIsAlwaysLostEndsAsTheOrderWasLastSeen() {
    Play play =
        Play.of(
            (errand, at) ->
                errand.step() == Step.CLOSE
                    ? Given.unknown(Doubt.BROKEN)
                    : Given.observed(Standing.UNPAID));
    play.accept(Given.request(RequestKind.CLOSE, "o1"));
    play.out();
    assertSigned(play.only(), Answer.UNPAID, Standing.UNPAID);
    assertThat(play.ended.get(0).at()).isEqualTo(Given.NOW.plus(Given.A_WHILE));
    // As it was received, or its signature would be too old for it.
    assertThat(observation(play).receivedAt()).isBefore(play.ended.get(0).at());
  }

  @Test
  void aCloseThatWasNeverSentIsSent() {
    Play play =
        asking(
            RequestKind.CLOSE,
            Given.unknown(Doubt.NOT_SENT),
            Given.observed(Standing.CLOSE_ACCEPTED),
            Given.observed(Standing.CLOSED));
    assertThat(play.steps()).containsExactly(Step.CLOSE, Step.CLOSE, Step.QUERY_ORDER);
  }

  @Test
  void aRefundThatSettlesAtOnceIsTold() {
    Play play = asking(RequestKind.REFUND, Given.told(Standing.REFUND_SETTLED, "o1"));
    assertSigned(play.only(), Answer.TOLD, Standing.REFUND_SETTLED);
    assertThat(play.only().facts()).containsExactly(Given.refunded("o1"));
  }

  @Test
  void aRefundUnderWayIsAskedAfterUntilItSettles() {
    Play play =
        asking(
            RequestKind.REFUND,
            Given.observed(Standing.REFUND_PENDING),
            Given.observed(Standing.REFUND_PENDING),
            Given.unknown(Doubt.TIMED_OUT),
            Given.told(Standing.REFUND_SETTLED, "o1"));
    assertThat(play.steps())
        .containsExactly(Step.REFUND, Step.QUERY_REFUND, Step.QUERY_REFUND, Step.QUERY_REFUND);
    assertSigned(play.only(), Answer.TOLD, Standing.REFUND_SETTLED);
  }

  @Test
  void aRefundStillUnderWayIsUnknown() {
    Play play =
        Play.of(
            (errand, at) ->
                errand.step() == Step.REFUND || at.isBefore(Given.NOW.plusSeconds(20))
                    ? Given.observed(Standing.REFUND_PENDING)
                    : Given.unknown(Doubt.TIMED_OUT));
    play.accept(Given.request(RequestKind.REFUND, "o1"));
    play.out();
    assertSigned(play.only(), Answer.UNKNOWN, Standing.REFUND_PENDING);
    assertThat(play.ended.get(0).at()).isEqualTo(Given.NOW.plus(Given.A_WHILE));
    assertThat(play.steps()).containsOnlyOnce(Step.REFUND);
  }

  @Test
  void aRefundWithoutALimitIsNotWaitedForAllTheSame() {
    Play play = Play.answering(Given.observed(Standing.REFUND_PENDING));
    play.accept(Given.request(RequestKind.REFUND, Given.A1, "o1", Given.NOW, null));
    play.out();
    assertSigned(play.only(), Answer.UNKNOWN, Standing.REFUND_PENDING);
    assertThat(play.ended.get(0).at())
        .isBetween(Given.NOW.plusSeconds(60), Given.NOW.plusSeconds(180));
  }

  @Test
  void aLostRefundIsAskedForAndThenRepeatedUnderTheSameNumber() {
    Play play =
        asking(
            RequestKind.REFUND,
            Given.unknown(Doubt.TIMED_OUT),
            Given.observed(Standing.NOT_FOUND),
            Given.told(Standing.REFUND_SETTLED, "o1"));
    assertThat(play.steps()).containsExactly(Step.REFUND, Step.QUERY_REFUND, Step.REFUND);
    assertThat(play.asked.stream().map(a -> a.errand().request().refundNo()).distinct())
        .containsExactly("r-o1");
    assertSigned(play.only(), Answer.TOLD, Standing.REFUND_SETTLED);
  }

  @Test
  void aRefundThatNobodyKnowsInTheEndIsGivenUpAndNotCalledNotFound() {
    Play play =
        Play.of(
            (errand, at) ->
                errand.step() == Step.REFUND
                    ? Given.unknown(Doubt.TIMED_OUT)
                    : Given.observed(Standing.NOT_FOUND));
    play.accept(Given.request(RequestKind.REFUND, "o1"));
    play.out();
    assertOwnWord(play.only(), Answer.GAVE_UP);
  }

  @Test
  void aRefusedRefundIsUnknownWithItsCode() {
    Play play = asking(RequestKind.REFUND, Given.refused(Refusal.NOT_ENOUGH_FUNDS, true));
    assertOwnWord(play.only(), Answer.UNKNOWN);
    assertThat(observation(play).observation().detail())
        .isEqualTo("refused with HTTP 400 CODE_OF_NOT_ENOUGH_FUNDS");
  }

  @Test
  void aQueryOfARefundUnderWayIsAnsweredAsItIs() {
    Play play = asking(RequestKind.QUERY_REFUND, Given.observed(Standing.REFUND_PENDING));
    assertSigned(play.only(), Answer.UNKNOWN, Standing.REFUND_PENDING);
    assertThat(play.asked).hasSize(1);
  }

  @Test
  void aRequestThatMustNotBeGivenUpIsNot() {
    Instant back = Given.NOW.plus(Duration.ofHours(7));
    Play play =
        Play.of(
            (errand, at) ->
                at.isBefore(back)
                    ? Given.unknown(Doubt.NOT_SENT)
                    : Given.observed(Standing.UNPAID));
    play.accept(Given.request(RequestKind.QUERY, Given.A1, "o1", Given.NOW, null));
    play.out();
    assertThat(play.ended.get(0).at()).isBetween(back, back.plusSeconds(60));
  }

  @Test
  void anAccountIsAskedNoMoreOftenThanItMayBeAndTheNewestFirst() {
    Play play =
        new Play((errand, at) -> Given.observed(Standing.UNPAID), Play.account(Given.A1, 10, 5));
    for (int i = 0; i < 300; i++) {
      Instant at = Given.NOW.minusSeconds(300 - i);
      play.accept(
          Given.request(RequestKind.QUERY, Given.A1, "o" + i, at, Given.NOW.plusSeconds(20)));
    }
    play.out();
    assertAtMost(play.asked, Given.A1, 10, 5);
    // Twenty seconds at ten a second, and a burst: the newest of the three hundred.
    List<String> orders = play.asked.stream().map(Play.Asked::orderNo).toList();
    assertThat(orders).hasSizeBetween(203, 206).doesNotHaveDuplicates();
    for (int i = 0; i < orders.size(); i++) {
      assertThat(orders.get(i)).isEqualTo("o" + (299 - i));
    }
    assertThat(play.ended).hasSize(300);
    assertThat(details(play)).anyMatch(d -> d.contains("too many wait for this account"));
  }

  @Test
  void queriesThatCanNotBeAskedInTimeKeepNobodyWaiting() {
    Play play =
        new Play((errand, at) -> Given.observed(Standing.CLOSED), Play.account(Given.A1, 10, 5));
    // A hundred times as many as can be asked, for two minutes; and a few closes between them.
    int most = 0;
    for (int second = 0; second < 120; second++) {
      for (int i = 0; i < 1000; i++) {
        play.accept(
            Given.request(
                i % 500 == 250 ? RequestKind.CLOSE : RequestKind.QUERY,
                Given.A1,
                "o" + second + "-" + i,
                play.now,
                play.now.plusSeconds(60)));
        most = Math.max(most, play.desk().size());
        play.until(play.now.plusMillis(1));
      }
    }
    play.out();
    // Sixty seconds of questions, what is under way, and the closes.
    assertThat(most).isLessThan(10 * 60 + 5 + 8 + 10);
    assertThat(play.ended).hasSize(120_000);
    assertThat(play.asked.size()).isBetween(1_200, 1_850);
    assertThat(
            play.ended.stream()
                .map(Play.Ended::report)
                .filter(r -> r.request().kind() == RequestKind.CLOSE)
                .map(r -> r.observation().eventType()))
        .hasSize(240)
        .containsOnly("CLOSED");
  }

  @Test
  void aQueryThatHasTimeIsNotGivenUpForThoseBeforeIt() {
    Play play =
        new Play((errand, at) -> Given.observed(Standing.UNPAID), Play.account(Given.A1, 10, 5));
    for (int i = 0; i < 600; i++) {
      play.accept(
          Given.request(RequestKind.QUERY, Given.A1, "o" + i, play.now, play.now.plusSeconds(60)));
    }
    play.out();
    assertThat(play.ended)
        .hasSize(600)
        .allSatisfy(e -> assertSigned(e.report(), Answer.UNPAID, Standing.UNPAID));
  }

  @Test
  void whatHasBegunEndsThoughNewerOnesKeepComing() {
    Play play =
        new Play(
            (errand, at) ->
                errand.step() == Step.CLOSE
                    ? Given.observed(Standing.CLOSE_ACCEPTED)
                    : Given.observed(Standing.CLOSED),
            Play.account(Given.A1, 10, 5));
    // Twice as many as can be asked, each of two questions.
    for (int i = 0; i < 600; i++) {
      play.accept(
          Given.request(RequestKind.CLOSE, Given.A1, "o" + i, play.now, play.now.plusSeconds(30)));
      play.until(play.now.plusMillis(100));
    }
    play.out();
    long closed =
        play.ended.stream()
            .filter(e -> e.report().observation().eventType().equals("CLOSED"))
            .count();
    assertThat(closed).isGreaterThan(290);
    assertThat(play.ended).hasSize(600);
  }

  @Test
  void amongThoseOfOneSecondARefundAndACloseComeFirst() {
    Play play =
        new Play((errand, at) -> Given.unknown(Doubt.TIMED_OUT), Play.account(Given.A1, 1, 1));
    play.latency = Duration.ofMinutes(1);
    for (RequestKind kind : RequestKind.values()) {
      play.accept(Given.request(kind, kind.name()));
    }
    play.until(Given.NOW.plusSeconds(3));
    assertThat(play.asked)
        .extracting(Play.Asked::orderNo)
        .containsExactly("REFUND", "CLOSE", "QUERY_REFUND", "QUERY");
  }

  @Test
  void aSlowAccountDoesNotTakeAllTheRoom() {
    Play play = Play.answering(Given.observed(Standing.UNPAID));
    play.latency = Duration.ofSeconds(10);
    for (int i = 0; i < 50; i++) {
      play.accept(Given.request(RequestKind.QUERY, "o" + i));
    }
    play.until(Given.NOW.plusSeconds(9));
    assertThat(play.asked).hasSize(DeskSettings.DEFAULT.inFlightPerAccount());
  }

  @Test
  void whereThereIsRoomForOneTheAccountsTakeTurns() {
    Desk desk = Play.answering(Given.observed(Standing.UNPAID)).desk();
    for (int i = 0; i < 4; i++) {
      desk.accept(i, Given.request(RequestKind.QUERY, "o" + i), Given.NOW);
      desk.accept(
          10 + i, Given.request(RequestKind.QUERY, Given.A2, "o" + i, Given.NOW, null), Given.NOW);
    }
    List<ProviderAccount> turns = new java.util.ArrayList<>();
    for (int i = 0; i < 4; i++) {
      desk.turn(Given.NOW, 1).errands().forEach(e -> turns.add(e.request().asked()));
    }
    assertThat(turns).containsExactly(Given.A2, Given.A1, Given.A2, Given.A1);
  }

  @Test
  void whatAnotherInstanceHasNowIsDropped() {
    Play play = Play.answering(Given.observed(Standing.UNPAID));
    long underWay = play.accept(Given.request(RequestKind.QUERY, "under-way"));
    play.until(Given.NOW.plusMillis(50));
    long waiting = play.accept(Given.request(RequestKind.QUERY, "waiting"));
    long unknown =
        play.accept(
            Given.request(
                RequestKind.QUERY, new ProviderAccount("wechat", "x"), "o1", Given.NOW, null));
    play.desk().forget(underWay);
    play.desk().forget(waiting);
    play.desk().forget(unknown);
    assertThat(play.desk().size()).isZero();
    play.out();
    assertThat(play.ended).isEmpty();
    assertThat(play.asked).hasSize(1);
    // And the account is as free as before.
    assertThat(play.desk().busy().get(Given.A1)).isEqualTo(new Desk.Busy(0, 0, false));
  }

  @Test
  void whatCanNotBeAskedAtAllIsUnknown() {
    Desk desk = Play.answering(Given.observed(Standing.UNPAID)).desk();
    desk.accept(1, Given.request(RequestKind.REFUND, "o1"), Given.NOW);
    Errand errand = desk.turn(Given.NOW, 1).errands().get(0);
    Report report =
        desk.impossible(errand, "this provider\nrefunds CNY, not USD", Given.NOW).orElseThrow();
    assertOwnWord(report, Answer.UNKNOWN);
    assertThat(report.observation().observation().detail())
        .isEqualTo("this provider refunds CNY, not USD");
    assertThat(desk.size()).isZero();
  }

  @Test
  void aLongExplanationIsCut() {
    Play play = Play.answering(new Outcome.Unknown(Doubt.BROKEN, "x\u0000y".repeat(400)));
    play.accept(Given.request(RequestKind.QUERY, "o1"));
    play.out();
    assertOwnWord(play.only(), Answer.GAVE_UP);
  }

  @Test
  void carriedOutAgainAfterACrashItAnswersTheSameAttempt() {
    Play first = asking(RequestKind.QUERY, Given.observed(Standing.UNPAID));
    Play second = asking(RequestKind.QUERY, Given.told(Standing.PAID, "o1"));
    assertThat(identity(second)).isEqualTo(identity(first));
    Play next = Play.answering(Given.observed(Standing.UNPAID));
    next.accept(attempt(Given.request(RequestKind.QUERY, "o1"), 2));
    assertThat(identity(next.out())).isNotEqualTo(identity(first));
  }

  static void assertAtMost(
      List<Play.Asked> asked, ProviderAccount account, int perSecond, int burst) {
    List<Instant> times =
        asked.stream()
            .filter(a -> a.errand().request().asked().equals(account))
            .map(Play.Asked::at)
            .toList();
    for (int from = 0; from < times.size(); from++) {
      int inASecond = 0;
      Instant end = times.get(from).plusSeconds(1);
      for (int i = from; i < times.size() && times.get(i).isBefore(end); i++) {
        inASecond++;
      }
      assertThat(inASecond).isLessThanOrEqualTo(perSecond + burst);
    }
    for (int from = 0; from + 1 < times.size(); from += 100) {
      Duration took = Duration.between(times.get(from), times.get(times.size() - 1));
      assertThat(times.size() - from)
          .isLessThanOrEqualTo((int) (took.toMillis() * perSecond / 1000) + burst + 1);
    }
  }

  private static List<String> details(Play play) {
    return play.ended.stream()
        .map(e -> e.report().observation().observation().detail())
        .collect(Collectors.toList());
  }

  private static String identity(Play play) {
    Observation said = observation(play).observation();
    return said.requestId() + "#" + said.attempt();
  }

  private static ProviderRequest ofShop(ProviderRequest request, String shop) {
    return copy(request, shop, request.attempt());
  }

  private static ProviderRequest attempt(ProviderRequest request, int attempt) {
    return copy(request, request.shop(), attempt);
  }

  private static ProviderRequest copy(ProviderRequest request, String shop, int attempt) {
    return new ProviderRequest(
        request.schema(),
        request.requestId(),
        request.kind(),
        shop,
        request.orderNo(),
        request.provider(),
        request.account(),
        request.transactionId(),
        request.refundNo(),
        request.amountMinor(),
        request.paymentMinor(),
        request.currency(),
        request.reason(),
        attempt,
        request.orderVersion(),
        request.requestedAt(),
        request.until());
  }
}
