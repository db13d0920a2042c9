package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A day of requests against a provider that does whatever providers do, from a seed. */
class DayTest {

  private static final long SEED = 20260131;
  private static final int REQUESTS = 10_000;
  private static final int ACCOUNTS = 5;
  private static final List<RequestKind> KINDS = List.of(RequestKind.values());
  private static final List<Doubt> DOUBTS = List.of(Doubt.values());
  private static final List<Refusal> REFUSALS = List.of(Refusal.values());

  @Test
  void everyRequestOfADayEndsInExactlyOneAnswerInTime() {
    Random random = new Random(SEED);
    Play play = new Play((errand, at) -> outcome(errand, at, random), accounts());
    Map<Long, Instant> untils = new HashMap<>();
    Duration gap = Duration.ofDays(1).dividedBy(REQUESTS);
    for (int i = 0; i < REQUESTS; i++) {
      // In bursts, as after an outage, and read up to a minute after they were made.
      Instant requested = play.now.minusSeconds(random.nextInt(60));
      Instant until = requested.plusSeconds(90 + random.nextInt(120));
      untils.put(
          play.accept(
              Given.request(
                  any(KINDS, random),
                  account(random.nextInt(ACCOUNTS)),
                  "o" + i,
                  requested,
                  until)),
          until);
      if (i % 50 == 0) {
        play.until(play.now.plus(gap.multipliedBy(50)));
      }
    }
    play.out();

    assertThat(play.ended).as("seed %d", SEED).hasSize(REQUESTS);
    assertThat(play.ended.stream().map(e -> e.report().ticket()).distinct()).hasSize(REQUESTS);
    assertThat(play.desk().size()).isZero();
    for (Play.Ended ended : play.ended) {
      Report report = ended.report();
      Instant latest = untils.get(report.ticket()).plus(Play.LATENCY);
      assertThat(ended.at()).isBeforeOrEqualTo(latest);
      Answer answer = report.observation().observation().answer();
      assertThat(report.facts().isEmpty()).isEqualTo(answer != Answer.TOLD);
      if (report.observation().authentication() == Authentication.OWN) {
        assertThat(answer).isIn(Answer.UNKNOWN, Answer.GAVE_UP);
      }
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      DeskTest.assertAtMost(play.asked, account(i), 10, 5);
    }
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static AskedAccount[] accounts() {
    List<AskedAccount> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(Play.account(account(i), 10, 5));
    }
    return accounts.toArray(new AskedAccount[0]);
  }

  private static ProviderAccount account(int number) {
    return new ProviderAccount("wechat", "a" + number);
  }

  // Down for half an hour around noon; else mostly well.
  private static Outcome outcome(Errand errand, Instant at, Random random) {
    long minute = Duration.between(Given.NOW, at).toMinutes();
    int dice = random.nextInt(100);
    if ((minute > 700 && minute < 730) || dice < 5) {
      return Given.unknown(any(DOUBTS, random));
    }
    if (dice < 8) {
      return Given.refused(any(REFUSALS, random), dice == 7);
    }
    String orderNo = errand.request().orderNo();
    return switch (errand.step()) {
      case QUERY_ORDER ->
          dice < 30 ? Given.told(Standing.PAID, orderNo) : Given.observed(Standing.UNPAID);
      case CLOSE -> Given.observed(Standing.CLOSE_ACCEPTED);
      case REFUND -> Given.observed(Standing.REFUND_PENDING);
      case QUERY_REFUND ->
          dice < 60
              ? Given.told(Standing.REFUND_SETTLED, orderNo)
              : Given.observed(dice < 65 ? Standing.NOT_FOUND : Standing.REFUND_PENDING);
    };
  }
}
