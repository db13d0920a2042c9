package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys on their way out: when they still count, and how an operator sees that they go. */
class RetiringKeysTest {

  private static final Instant END = Instant.parse("2026-01-31T12:00:00Z");
  private static final String ACCOUNT = "wechat-v3/1900000001";

  private static Accounts open(Problems problems, RetiringKey... retiring) {
    return Accounts.open(Shops.all(), List.of(retiring), Protocols.all(), problems);
  }

  private static RetiringKey key(String id, String until) {
    return new RetiringKey(ACCOUNT, id, until);
  }

  private static Verdict receivedAt(Accounts accounts, Instant at) {
    SignedCallback sent = Shops.wechatSigner().payment(Shops.notice(at), at);
    return accounts
        .find("wechat-v3", "1900000001")
        .orElseThrow()
        .account()
        .receive(Shops.received(sent, at));
  }

  @Test
  void aKeyCountsToTheLastMomentAndNoLonger() {
    Problems problems = Problems.none();
    Accounts accounts = open(problems, key(Shops.KEY_ID_A, END.toString()));
    assertThat(problems.lines()).isEmpty();
    assertThat(receivedAt(accounts, END.minus(Duration.ofDays(3))))
        .isInstanceOf(Verdict.Authentic.class);
    assertThat(receivedAt(accounts, END)).isInstanceOf(Verdict.Authentic.class);
    assertThat(receivedAt(accounts, END.plusMillis(1)))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.rejection()).isEqualTo(Rejection.KEY_RETIRED);
              assertThat(refused.explanation())
                  .contains(Shops.KEY_ID_A, END.toString(), "gateway.retiringKeys");
            });
  }

  @Test
  void anotherAccountsKeyIsNotTouched() {
    Accounts accounts =
        open(
            Problems.none(),
            new RetiringKey("wechat-v3/1900000002", Shops.KEY_ID_B, END.toString()));
    assertThat(receivedAt(accounts, END.plusSeconds(1))).isInstanceOf(Verdict.Authentic.class);
  }

  @Test
  void mistakesAreToldWithTheirPlaces() {
    Problems problems = Problems.none();
    open(
        problems,
        new RetiringKey("wechat-v3/1", Shops.KEY_ID_A, END.toString()),
        key("PUB_KEY_ID_X", END.toString()),
        key(Shops.KEY_ID_A, "tomorrow"),
        key(Shops.KEY_ID_A, END.toString()),
        key(Shops.KEY_ID_A, END.plusSeconds(1).toString()));
    assertThat(problems.lines())
        .containsExactly(
            "retiringKeys[0].account: is no account of this configuration; write it as"
                + " wechat-v3/MCHID",
            "retiringKeys[1].key: is none of the account's keys, which are "
                + Shops.KEY_ID_A
                + "; take the line out if the key is gone",
            "retiringKeys[2].acceptUntil: must be a time with its zone, such as"
                + " 2026-12-01T00:00:00Z",
            "retiringKeys[4].key: has two ends; keep one");
  }

  @Test
  void daysLeftAreShownAndGoAwayWithTheKey() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    KeyMeters meters =
        new KeyMeters(registry, Clock.fixed(END.minusSeconds(1), ZoneOffset.UTC), false);
    Accounts retiring =
        open(Problems.none(), key(Shops.KEY_ID_A, END.plusSeconds(86_400).toString()));
    meters.watch(retiring.keys());
    assertThat(registry.get(KeyMeters.DAYS_LEFT).tag("key", Shops.KEY_ID_A).gauge().value())
        .isEqualTo(1);
    assertThat(registry.get(KeyMeters.NEAREST_END).gauge().value()).isEqualTo(1);
    meters.watch(open(Problems.none()).keys());
    assertThat(registry.find(KeyMeters.DAYS_LEFT).gauges()).isEmpty();
    assertThat(registry.get(KeyMeters.NEAREST_END).gauge().value()).isNaN();
  }

  @Test
  void anEndThatIsOverCountsBelowZero() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    KeyMeters meters =
        new KeyMeters(registry, Clock.fixed(END.plusSeconds(1), ZoneOffset.UTC), false);
    meters.watch(List.of(new Accounts.ServedKey("p", "a", "k", END)));
    assertThat(registry.get(KeyMeters.NEAREST_END).gauge().value()).isEqualTo(-1);
  }

  @Test
  void deliveriesAreCountedByKeyWhereKeysAreFew() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    KeyMeters meters = new KeyMeters(registry, Clock.systemUTC(), false);
    Accounts accounts = open(Problems.none());
    meters.watch(accounts.keys());
    Verdict verdict = receivedAt(accounts, END);
    meters.delivered("wechat-v3", "1900000001", verdict);
    meters.delivered("wechat-v3", "1900000001", verdict);
    meters.delivered(
        "wechat-v3", "1900000001", new Verdict.Refused(Rejection.UNKNOWN_KEY, "of a stranger"));
    assertThat(registry.get(KeyMeters.DELIVERIES).counter().count()).isEqualTo(2);
    assertThat(registry.get(KeyMeters.DELIVERIES).counter().getId().getTag("key"))
        .isEqualTo(Shops.KEY_ID_A);
  }

  @Test
  void manyKeysBecomeNoLabels() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    KeyMeters meters = new KeyMeters(registry, Clock.fixed(END, ZoneOffset.UTC), false);
    Accounts.ServedKey[] many = new Accounts.ServedKey[KeyMeters.MOST_NAMED + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Accounts.ServedKey("p", "a" + i, "k", END.plus(Duration.ofDays(i)));
    }
    meters.watch(List.of(many));
    meters.delivered("wechat-v3", "1900000001", receivedAt(open(Problems.none()), END));
    assertThat(registry.find(KeyMeters.DAYS_LEFT).gauges()).isEmpty();
    assertThat(registry.find(KeyMeters.DELIVERIES).counters()).isEmpty();
    assertThat(registry.get(KeyMeters.NEAREST_END).gauge().value()).isZero();
  }
}
