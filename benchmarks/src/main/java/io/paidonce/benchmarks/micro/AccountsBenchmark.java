package io.paidonce.benchmarks.micro;

import io.paidonce.gateway.CallbackDoctor;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.SignedCallback;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A callback by its path, among one account or among thousands: finding the account and judging,
 * for requests that go around all of the accounts, so that no cache keeps one of them warm.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class AccountsBenchmark {

  // Pairs are costly to make, and each account reads its own key all the same.
  private static final int PAIRS = 64;
  // Spread over the accounts; more would only take longer to sign.
  private static final int SAMPLES = 4_096;

  @Param({"1", "10000"})
  public int accounts;

  private CallbackDoctor doctor;
  private final String[] paths = new String[SAMPLES];
  private final Sample[] samples = new Sample[SAMPLES];
  private int next;

  /** Opens the accounts and signs the samples, and makes sure that they are good. */
  @Setup
  public void open() {
    List<KeyPair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(KeyText.newRsaKeyPair());
    }
    List<AccountConfig> served = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      served.add(ManyAccounts.wechat(i, pairs.get(i % PAIRS)));
    }
    doctor = CallbackDoctor.of(GatewayConfig.of("127.0.0.1:1").withAccounts(served));
    for (int i = 0; i < SAMPLES; i++) {
      int account = (int) ((long) i * accounts / SAMPLES);
      SignedCallback callback =
          ManyAccounts.wechatSigner(account, pairs.get(account % PAIRS))
              .payment(Sample.notice(i), Sample.sentAt());
      paths[i] = ManyAccounts.wechatPath(account);
      samples[i] = Sample.of(callback, "", "");
    }
    CoreTime unused = new CoreTime();
    for (int i = 0; i < SAMPLES; i++) {
      if (!examine(unused).accepted()) {
        throw new IllegalStateException("a sample for " + paths[next] + " is not accepted");
      }
    }
  }

  @Benchmark
  public CallbackDoctor.Finding examine(CoreTime time) {
    time.calls++;
    // A stride without a common factor with the number of samples: no neighbours.
    next = (next + 1_543) % SAMPLES;
    return doctor.examine(paths[next], samples[next].request());
  }
}
