package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.day.DayAccount;
import io.paidonce.simulator.day.DayOrder;
import io.paidonce.simulator.day.DayPlan;
import io.paidonce.simulator.day.DaySettings;
import io.paidonce.simulator.day.ProviderDay;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A day of both providers with real signatures and seeded faults, against a shop in one page: it
 * verifies callbacks, asks for what it did not hear of, and closes nothing that it did not ask
 * about. That is how the real services are to be joined to it.
 */
class ADayAgainstTheDesksTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Duration EACH_MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime(NOON);
  private final Map<Dialect, TradeBook> books =
      Stream.of(Dialect.WECHAT_V3, Dialect.ALIPAY)
          .collect(
              Collectors.toMap(Function.identity(), dialect -> PlayedAccounts.book(dialect, time)));
  private final ProviderDesk desk =
      new ProviderDesk(
              time,
              new SeededFaults(
                  7,
                  Map.of(
                      Fault.of(Fault.Kind.PROBE), 50,
                      Fault.of(Fault.Kind.RESET), 50,
                      Fault.of(Fault.Kind.ANSWER_LOST), 50,
                      Fault.of(Fault.Kind.SERVER_ERROR), 100,
                      Fault.throttled(Duration.ofSeconds(5)), 50,
                      Fault.of(Fault.Kind.ANOTHER_ORDER), 50)))
          .admit(PlayedAccounts.merchant(books.get(Dialect.WECHAT_V3)))
          .admit(PlayedAccounts.application(books.get(Dialect.ALIPAY)));
  private final Shop shop = new Shop();

  private record Check(Instant at, DayOrder order, String account) {}

  /** What the real services do, without any of their care for crashes. */
  private final class Shop implements ProviderDay.Sink {

    private final Map<String, Account> accounts =
        Map.of(
            PlayedAccounts.MCHID,
            open(new WechatV3Protocol(), PlayedAccounts.wechatConfig()),
            PlayedAccounts.APP_ID,
            open(new AlipayProtocol(), PlayedAccounts.alipayConfig()));
    private final Map<String, ProviderClient> clients = new HashMap<>();
    private final PriorityQueue<Check> checks =
        new PriorityQueue<>(Comparator.comparing(Check::at));
    private final Set<String> known = new HashSet<>();
    private final Set<String> byQuery = new HashSet<>();
    private final Set<String> signers = new HashSet<>();
    private int repeats;

    Shop() {
      InProcessTransport transport = new InProcessTransport(desk, time, Duration.ofSeconds(10));
      for (Dialect dialect : List.of(Dialect.WECHAT_V3, Dialect.ALIPAY)) {
        ProviderClient client = PlayedAccounts.client(dialect, transport, "http://127.0.0.1:1");
        clients.put(client.account(), client);
      }
    }

    @Override
    public void place(DayOrder order) {
      order.tries().stream()
          .map(DayOrder.Try::account)
          .distinct()
          .forEach(
              account -> checks.add(new Check(time.instant().plusSeconds(30), order, account)));
    }

    @Override
    public CallbackAnswer deliver(SimulatedAccount sender, SignedCallback callback) {
      Map<String, List<String>> headers = new HashMap<>();
      callback
          .headers()
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
      Account account = accounts.get(sender.id());
      Verdict verdict =
          account.receive(new CallbackRequest(headers, callback.body(), time.instant(), "d"));
      assertThat(verdict).isInstanceOf(Verdict.Authentic.class);
      ((Verdict.Authentic) verdict)
          .notifications()
          .forEach(
              notification -> {
                signers.add(sender.id() + " " + notification.evidence().keyId());
                known.add(sender.id() + "/" + notification.orderNo());
              });
      // What both of them take as success.
      return new CallbackAnswer(200, "text/plain", "success");
    }

    void check(Check check) {
      String name = check.account() + "/" + check.order().orderNo();
      if (known.contains(name)) {
        return;
      }
      ProviderClient client = clients.get(check.account());
      String orderNo = check.order().orderNo();
      Outcome outcome = client.queryOrder(orderNo, ask());
      if (outcome instanceof Told) {
        known.add(name);
        byQuery.add(name);
        return;
      }
      boolean due = !time.instant().isBefore(check.order().placedAt().plus(DEADLINE));
      if (due && outcome instanceof Outcome.Observed observed) {
        switch (observed.standing()) {
          case CLOSED, NOT_FOUND -> {
            return;
          }
          default -> client.close(orderNo, ask());
        }
      }
      repeats++;
      checks.add(new Check(time.instant().plus(EACH_MINUTE), check.order(), check.account()));
    }

    private Ask ask() {
      return new Ask("q", time.instant(), 0);
    }
  }

  private static <C extends AccountConfig> Account open(CallbackProtocol<C> protocol, C config) {
    Problems problems = Problems.none();
    return protocol
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private DaySettings settings() {
    DayAccount wechat =
        new DayAccount(
            new SimulatedAccount(
                Dialect.WECHAT_V3,
                PlayedAccounts.MCHID,
                "shop-1",
                PlayedAccounts.signer(PlayedAccounts.PLATFORM_SERIAL)),
            books.get(Dialect.WECHAT_V3),
            PlayedAccounts.signer(PlayedAccounts.PLATFORM_KEY_ID));
    DayAccount alipay =
        new DayAccount(
            new SimulatedAccount(
                Dialect.ALIPAY,
                PlayedAccounts.APP_ID,
                "shop-1",
                PlayedAccounts.application(books.get(Dialect.ALIPAY)).signer()),
            books.get(Dialect.ALIPAY),
            null);
    return DaySettings.ordinary(7, 40, NOON, DEADLINE, List.of(wechat, alipay));
  }

  @Test
  void everyPaymentIsHeardOfAndNoneIsClosed() {
    ProviderDay day = new ProviderDay(settings(), time, shop);

    while (day.next().isPresent() || !shop.checks.isEmpty()) {
      Check check = shop.checks.peek();
      if (check == null || day.next().filter(at -> !at.isAfter(check.at())).isPresent()) {
        day.step();
      } else {
        shop.checks.remove();
        if (check.at().isAfter(time.instant())) {
          time.moveTo(check.at());
        }
        shop.check(check);
      }
    }

    Set<String> paid = new HashSet<>();
    Map<Trade.State, Integer> states = new HashMap<>();
    for (DayOrder order : DayPlan.of(settings())) {
      for (DayOrder.Try attempt : order.tries()) {
        Dialect dialect =
            attempt.account().equals(PlayedAccounts.APP_ID) ? Dialect.ALIPAY : Dialect.WECHAT_V3;
        Trade trade = books.get(dialect).byOrderNo(order.orderNo()).orElseThrow();
        states.merge(trade.state(), 1, Integer::sum);
        // Of what nobody could ask about, only its callback tells.
        boolean mayBeUnheard = attempt.isPrepared();
        if (trade.state() == Trade.State.PAID && !mayBeUnheard) {
          paid.add(attempt.account() + "/" + order.orderNo());
        }
      }
    }
    assertThat(shop.known).containsAll(paid);
    assertThat(states).containsKeys(Trade.State.PAID, Trade.State.CLOSED);
    assertThat(states).doesNotContainKey(Trade.State.UNPAID);
    assertThat(shop.byQuery).isNotEmpty();
    assertThat(shop.repeats).isPositive();
    assertThat(shop.signers)
        .hasSize(3)
        .contains(
            PlayedAccounts.MCHID + " " + PlayedAccounts.PLATFORM_SERIAL,
            PlayedAccounts.MCHID + " " + PlayedAccounts.PLATFORM_KEY_ID);
    assertThat(desk.asked()).extracting(Asking::fault).contains(Fault.Kind.ANSWER_LOST);
  }
}
