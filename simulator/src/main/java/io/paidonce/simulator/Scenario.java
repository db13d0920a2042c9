package io.paidonce.simulator;

import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
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
    List<SimulatedAccount> able = accountsFor(story);
    if (able.isEmpty()) {
      tell(Story.PAID_ONCE, index);
      return;
    }
    SimulatedAccount account = any(able);
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
        steps.add(
            new Step.Deliver(paid, account, new Notice.Paid(notice), disguise(story, account)));
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
      case REFUNDED,
          REFUNDED_IN_PARTS,
          REFUNDED_BEFORE_PAID,
          REFUND_REDELIVERED,
          REFUND_STUCK,
          REFUND_FAILED,
          REFUNDED_THEN_FINISHED -> {
        place(start, order, due);
        refund(story, paid, account, notice);
      }
      case PAID_TOGETHER -> payTogether(start, paid, account, order, notice);
      case CLOSED_UNPAID -> {
        place(start, order, due);
        deliver(paid, account, new Notice.ClosedUnpaid(notice));
      }
    }
  }

  private void refund(Story story, Duration paid, SimulatedAccount account, PaidNotice payment) {
    long whole = payment.amountMinor();
    Duration first = paid.plus(about(2));
    Duration second = first.plus(about(4));
    switch (story) {
      case REFUNDED_IN_PARTS -> {
        long part = 1 + upTo(whole - 2);
        deliver(paid, account, payment);
        deliver(first, account, refunded(payment, part, part, first));
        deliver(second, account, refunded(payment, whole - part, whole, second));
      }
      case REFUNDED_BEFORE_PAID -> {
        deliver(paid, account, refunded(payment, whole, whole, paid));
        deliver(first, account, payment);
      }
      case REFUND_REDELIVERED -> {
        Notice refund = refunded(payment, whole, whole, first);
        deliver(paid, account, payment);
        deliver(first, account, refund);
        deliver(first.plusMillis(1), account, refund);
        deliver(second, account, refund);
      }
      case REFUND_STUCK -> {
        RefundNotice refund = refund(payment, whole, whole, second);
        deliver(paid, account, payment);
        deliver(first, account, told(refund, RefundOutcome.ABNORMAL, first));
        deliver(second, account, new Notice.Refunded(refund));
      }
      case REFUND_FAILED -> {
        deliver(paid, account, payment);
        deliver(
            first,
            account,
            told(refund(payment, whole, whole, first), RefundOutcome.CLOSED, first));
      }
      case REFUNDED_THEN_FINISHED -> {
        deliver(paid, account, payment);
        deliver(first, account, refunded(payment, whole, whole, first));
        deliver(second, account, new Notice.Finished(again(payment)));
      }
      default -> {
        deliver(paid, account, payment);
        deliver(first, account, refunded(payment, whole, whole, first));
      }
    }
  }

  private void payTogether(
      Duration start, Duration paid, SimulatedAccount account, OrderKey first, PaidNotice payment) {
    List<PaidNotice> payments = new ArrayList<>(List.of(payment));
    int orders = 2 + random.nextInt(2);
    for (int i = 1; i < orders; i++) {
      OrderKey order = new OrderKey(first.shop(), first.orderNo() + "-" + i);
      payments.add(notice(account, order, 100 + random.nextInt(100_000), paid));
    }
    for (PaidNotice each : payments) {
      place(
          start,
          new OrderKey(first.shop(), each.orderNo()),
          Money.of(each.amountMinor(), CURRENCY));
    }
    deliver(
        paid,
        account,
        new Notice.PaidTogether(
            new CombinedNotice(payment.notificationId(), "C" + first.orderNo(), payments)));
  }

  private Notice refunded(PaidNotice payment, long amount, long total, Duration at) {
    return new Notice.Refunded(refund(payment, amount, total, at));
  }

  private RefundNotice refund(PaidNotice payment, long amount, long total, Duration at) {
    String number = String.format(Locale.ROOT, "%08d", ++transactions);
    return new RefundNotice(
        uuid(),
        payment,
        "503" + payment.transactionId().substring(0, 15) + number,
        "R" + payment.orderNo() + "-" + number,
        RefundOutcome.SUCCEEDED,
        amount,
        total,
        settings.startsAt().plus(at));
  }

  // What is said of one refund before its end is another notice of the same refund.
  private Notice told(RefundNotice refund, RefundOutcome outcome, Duration at) {
    return new Notice.Refunded(
        new RefundNotice(
            uuid(),
            refund.payment(),
            refund.refundId(),
            refund.merchantRefundNo(),
            outcome,
            refund.amountMinor(),
            refund.refundedTotalMinor(),
            settings.startsAt().plus(at)));
  }

  private PaidNotice again(PaidNotice payment) {
    return new PaidNotice(
        uuid(),
        payment.transactionId(),
        payment.orderNo(),
        payment.amountMinor(),
        payment.currency(),
        payment.paidAt());
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
    deliver(at, account, new Notice.Paid(notice));
  }

  private void deliver(Duration at, SimulatedAccount account, Notice notice) {
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

  // A story that only one provider can tell is told by it, or not at all.
  private List<SimulatedAccount> accountsFor(Story story) {
    return switch (story) {
      case PROBED -> {
        List<SimulatedAccount> probing = accountsOf(Dialect.WECHAT_V3);
        yield probing.isEmpty() ? settings.accounts() : probing;
      }
      case REFUND_STUCK, REFUND_FAILED, PAID_TOGETHER -> accountsOf(Dialect.WECHAT_V3);
      case REFUNDED_THEN_FINISHED, CLOSED_UNPAID -> accountsOf(Dialect.ALIPAY);
      default -> settings.accounts();
    };
  }

  private List<SimulatedAccount> accountsOf(Dialect dialect) {
    return settings.accounts().stream().filter(a -> a.dialect() == dialect).toList();
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
