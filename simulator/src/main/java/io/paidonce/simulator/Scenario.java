package io.paidonce.simulator;

import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Makes a plan: a pure function of its settings, the seed above all. */
public final class Scenario {

  private static final String CURRENCY = "CNY";
  private static final String ACTOR = "simulator";

  private final ScenarioSettings settings;
  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private int transactions;

  private Scenario(ScenarioSettings settings) {
    this.settings = settings;
    this.random = new Random(settings.seed());
  }

  public static Plan plan(ScenarioSettings settings) {
    Scenario scenario = new Scenario(settings);
    List<Story> stories = scenario.stories();
    for (int i = 0; i < stories.size(); i++) {
      scenario.tell(stories.get(i), i);
    }
    return new Plan(settings.seed(), scenario.steps);
  }

  private List<Story> stories() {
    List<Story> all = Arrays.asList(Story.values());
    int weights = all.stream().mapToInt(Story::weight).sum();
    List<Story> chosen = new ArrayList<>();
    while (chosen.size() < settings.orders()) {
      chosen.add(
          chosen.size() < all.size() ? all.get(chosen.size()) : byWeight(random.nextInt(weights)));
    }
    Collections.shuffle(chosen, random);
    return chosen;
  }

  private static Story byWeight(int ticket) {
    int left = ticket;
    for (Story story : Story.values()) {
      left -= story.weight();
      if (left < 0) {
        return story;
      }
    }
    throw new IllegalStateException("ticket " + ticket + " is beyond the sum of weights");
  }

  private void tell(Story story, int index) {
    SimulatedAccount account = any(accountsFor(story));
    OrderKey order = new OrderKey(account.shop(), orderNo(index));
    Money due = Money.of(100 + random.nextInt(100_000), CURRENCY);
    Duration start = Duration.ofMillis(upTo(settings.spread().toMillis()));
    Duration paid = start.plus(about(2));
    PaidNotice notice = notice(account, order, due.amountMinor(), paid);
    switch (story) {
      case PAID_ONCE -> {
        place(start, order, due);
        deliver(paid, account, notice);
      }
      case DELIVERED_TWICE_AT_ONCE -> {
        place(start, order, due);
        deliver(paid, account, notice);
        deliver(paid.plusMillis(1), account, notice);
      }
      case REDELIVERED_LATE -> {
        place(start, order, due);
        deliver(paid, account, notice);
        deliver(paid.plus(about(6)), account, notice);
      }
      case PAID_BEFORE_PLACED -> {
        deliver(start, account, notice);
        place(paid, order, due);
      }
      case FLIPPED_BYTE, ALTERED_AMOUNT, PROBED -> {
        place(start, order, due);
        steps.add(new Step.Deliver(paid, account, notice, disguise(story, account)));
        // A probe's own retry brings the right notice; a forger's victim is told by the provider.
        if (story != Story.PROBED) {
          deliver(paid.plus(about(1)), account, notice);
        }
      }
      case PAID_TWICE -> {
        place(start, order, due);
        deliver(paid, account, notice);
        SimulatedAccount second = partnerOf(account);
        Duration again = start.plus(about(2));
        deliver(again, second, notice(second, order, due.amountMinor(), again));
      }
      case AMOUNT_MISMATCH -> {
        place(start, order, due);
        long other = random.nextBoolean() ? due.amountMinor() - 1 : due.amountMinor() + 1;
        deliver(paid, account, notice(account, order, other, paid));
      }
      case NEVER_PLACED -> deliver(paid, account, notice);
      case CANCELLED_THEN_PAID -> {
        place(start, order, due);
        cancel(start.plus(about(1)), order);
        deliver(start.plus(about(6)), account, notice);
      }
      case CANCELLED_UNPAID -> {
        place(start, order, due);
        cancel(paid, order);
      }
      case NEVER_PAID -> place(start, order, due);
    }
  }

  private void place(Duration at, OrderKey order, Money due) {
    steps.add(
        new Step.Ask(
            at,
            OrderCommand.place(
                order, due, "place-" + uuid(), ACTOR, settings.startsAt().plus(at))));
  }

  private void cancel(Duration at, OrderKey order) {
    steps.add(
        new Step.Ask(
            at,
            OrderCommand.cancel(order, "cancel-" + uuid(), ACTOR, settings.startsAt().plus(at))));
  }

  private void deliver(Duration at, SimulatedAccount account, PaidNotice notice) {
    steps.add(new Step.Deliver(at, account, notice, Disguise.NONE));
  }

  private PaidNotice notice(SimulatedAccount account, OrderKey order, long amount, Duration at) {
    // 28 digits, as both providers write them; the running number keeps them apart.
    String prefix = account.dialect() == Dialect.ALIPAY ? "20" : "42";
    String transactionId =
        prefix
            + String.format(Locale.ROOT, "%018d", random.nextLong() >>> 5)
            + String.format(Locale.ROOT, "%08d", ++transactions);
    return new PaidNotice(
        uuid(), transactionId, order.orderNo(), amount, CURRENCY, settings.startsAt().plus(at));
  }

  // WeChat allows 6 to 32 letters, digits, "-" and a few more.
  private String orderNo(int index) {
    return "S"
        + Long.toUnsignedString(settings.seed(), 36).toUpperCase(Locale.ROOT)
        + String.format(Locale.ROOT, "-%07d", index);
  }

  private List<SimulatedAccount> accountsFor(Story story) {
    if (story != Story.PROBED) {
      return settings.accounts();
    }
    List<SimulatedAccount> probing =
        settings.accounts().stream().filter(a -> a.dialect() == Dialect.WECHAT_V3).toList();
    return probing.isEmpty() ? settings.accounts() : probing;
  }

  private static Disguise disguise(Story story, SimulatedAccount account) {
    return switch (story) {
      case FLIPPED_BYTE -> Disguise.FLIPPED_BYTE;
      case ALTERED_AMOUNT -> Disguise.ALTERED_AMOUNT;
      // Only WeChat probes.
      default -> account.dialect() == Dialect.WECHAT_V3 ? Disguise.PROBE : Disguise.NONE;
    };
  }

  private SimulatedAccount partnerOf(SimulatedAccount account) {
    List<SimulatedAccount> partners =
        settings.accounts().stream()
            .filter(a -> a.shop().equals(account.shop()) && a.dialect() != account.dialect())
            .toList();
    return partners.isEmpty() ? account : any(partners);
  }

  private SimulatedAccount any(List<SimulatedAccount> accounts) {
    return accounts.get(random.nextInt(accounts.size()));
  }

  private Duration about(int pauses) {
    long whole = settings.pause().toMillis() * pauses;
    return Duration.ofMillis(whole / 2 + upTo(whole / 2) + 1);
  }

  private long upTo(long milliseconds) {
    return milliseconds == 0 ? 0 : Math.floorMod(random.nextLong(), milliseconds + 1);
  }

  private String uuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
