package io.paidonce.launcher.simulate;

import io.paidonce.launcher.http.BoundedHttp;
import io.paidonce.launcher.http.UnreachedException;
import io.paidonce.simulator.OutgoingCallback;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Posts callbacks as a provider does and judges each answer as that provider would. */
public final class Delivery {

  private static final int LONGEST_SHOWN = 160;
  private static final int DELAYS_SHOWN = 3;

  private final SigningAccount account;
  private final BoundedHttp http;

  public Delivery(SigningAccount account, BoundedHttp http) {
    this.account = account;
    this.http = http;
  }

  /**
   * What came of one.
   *
   * @param taken whether its provider would call it success
   * @param sent whether there was a connection at all
   */
  public record Outcome(boolean taken, boolean sent, String line) {}

  /** Sends one, and waits as long as the time-out allows. */
  public Outcome send(OutgoingCallback callback) throws InterruptedException {
    long before = System.nanoTime();
    try {
      HttpResponse<byte[]> answer = http.send(callback.request(http.timeout()));
      long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
      boolean taken = account.accepts(answer.statusCode(), answer.body());
      return new Outcome(
          taken,
          true,
          "HTTP "
              + answer.statusCode()
              + " in "
              + millis
              + " ms, "
              + body(answer.body())
              + ". "
              + (taken ? taken() : notTaken()));
    } catch (UnreachedException e) {
      return new Outcome(
          false,
          e.maybeArrived(),
          e.sentence() + ". " + (e.maybeArrived() ? again() : "Nothing was sent."));
    }
  }

  private String taken() {
    return account.dialect().protocol() + " takes that as success and does not send it again.";
  }

  private String notTaken() {
    return account.dialect().protocol()
        + " does not take that as success, which is "
        + account.successIs()
        + ". "
        + again();
  }

  private String again() {
    List<Duration> delays = account.dialect().retryDelays();
    String first =
        delays.stream()
            .limit(DELAYS_SHOWN)
            .map(delay -> delay.toSeconds() + " s")
            .collect(Collectors.joining(", "));
    Duration whole = delays.stream().reduce(Duration.ZERO, Duration::plus);
    return "It would send again after "
        + first
        + " and so on, "
        + delays.size()
        + " times within "
        + whole.toHours()
        + " h.";
  }

  private static String body(byte[] body) {
    if (body.length == 0) {
      return "no body";
    }
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ").strip();
    String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    return body.length + " bytes: " + shown;
  }
}
