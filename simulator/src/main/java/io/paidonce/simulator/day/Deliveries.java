package io.paidonce.simulator.day;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Notice;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Brings notices to whoever listens, by the plan of their provider and the way of their courier.
 */
final class Deliveries {

  private static final int LOST_ATTEMPTS = 3;

  private final DaySettings settings;
  private final Timeline timeline;
  private final VirtualTime time;
  private final ProviderDay.Sink sink;
  private final Counts counts;

  Deliveries(
      DaySettings settings,
      Timeline timeline,
      VirtualTime time,
      ProviderDay.Sink sink,
      Counts counts) {
    this.settings = settings;
    this.timeline = timeline;
    this.time = time;
    this.sink = sink;
    this.counts = counts;
  }

  /** By a courier and after a latency that are drawn. */
  void send(DayAccount account, Notice notice, Draw draw) {
    Courier courier = draw.weighted(settings.couriers());
    send(account, notice, courier, courier.latency(draw));
  }

  void send(DayAccount account, Notice notice, Courier courier, Duration latency) {
    counts.notices.increment();
    Instant first = time.instant().plus(latency);
    Delivery delivery = new Delivery(account, notice, courier);
    switch (courier) {
      case PROMPT, LOST_AT_FIRST, DELAYED -> timeline.at(first, () -> attempt(delivery, 0));
      case TWICE -> {
        timeline.at(first, () -> attempt(delivery, 0));
        timeline.at(first, () -> attempt(delivery, 0));
      }
      case DROPPED -> counts.dropped.increment();
    }
  }

  private record Delivery(DayAccount account, Notice notice, Courier courier) {}

  private void attempt(Delivery delivery, int before) {
    counts.attempts.increment();
    SimulatedAccount account = delivery.account().account();
    if (delivery.courier() == Courier.LOST_AT_FIRST && before < lostAttempts(delivery)) {
      counts.lost.increment();
      retry(delivery, before);
      return;
    }
    SignedCallback callback = delivery.notice().signed(signer(delivery, before), time.instant());
    CallbackAnswer answer = sink.deliver(account, callback);
    if (answer != null
        && account.dialect().accepts(answer.status(), answer.body().getBytes(US_ASCII))) {
      counts.accepted.increment();
    } else {
      retry(delivery, before);
    }
  }

  private int lostAttempts(Delivery delivery) {
    return 1
        + Draw.of(settings.seed(), "lost " + delivery.notice().payment().notificationId())
            .below(LOST_ATTEMPTS);
  }

  private void retry(Delivery delivery, int before) {
    List<Duration> delays = delivery.account().account().dialect().retryDelays();
    if (before == delays.size()) {
      counts.gaveUp.increment();
    } else {
      timeline.at(time.instant().plus(delays.get(before)), () -> attempt(delivery, before + 1));
    }
  }

  // Every attempt is signed anew, and may be signed with the other key than the one before.
  private CallbackSigner signer(Delivery delivery, int before) {
    CallbackSigner changed = delivery.account().changedSigner();
    KeyRamp ramp = settings.ramp();
    if (changed == null || ramp == null) {
      return delivery.account().account().signer();
    }
    String subject = "key " + delivery.notice().payment().notificationId() + " " + before;
    if (!ramp.isChanged(time.instant(), Draw.of(settings.seed(), subject).below(1000))) {
      return delivery.account().account().signer();
    }
    counts.changedKey.increment();
    return changed;
  }
}
