package io.paidonce.benchmarks.micro;

import io.paidonce.providers.Account;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
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
 * All that an account does with a callback, and the RSA verification in it alone: the same key, the
 * same signed bytes, the same cryptography provider.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class CallbackBenchmark {

  /** Names a method for whoever selects one. */
  static final String RECEIVE = "receive";

  static final String VERIFY = "verify";

  // Several, so that no branch and no cache line learns the one callback by heart.
  private static final int SAMPLES = 64;
  private static final int RSA_BITS = 2048;

  @Param public Dialect dialect;

  private Account account;
  private Signature signature;
  private final Sample[] samples = new Sample[SAMPLES];
  private int next;

  /** Signs the samples, and makes sure that both ways hold them for good. */
  @Setup
  public void sign() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    KeyPair keys = generator.generateKeyPair();
    Problems problems = Problems.none();
    account =
        dialect
            .account(keys, problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
    signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(keys.getPublic());
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = dialect.sample(keys, i);
    }
    CoreTime unused = new CoreTime();
    for (int i = 0; i < 2 * SAMPLES; i++) {
      if (!(receive(unused) instanceof Verdict.Authentic) || !verify(unused)) {
        throw new IllegalStateException("a sample of " + dialect + " is not authentic");
      }
    }
  }

  /** What the gateway calls: verify, decrypt, normalise. */
  @Benchmark
  public Verdict receive(CoreTime time) {
    time.calls++;
    return account.receive(next().request());
  }

  /** SHA256withRSA alone, by an object made beforehand. */
  @Benchmark
  public boolean verify(CoreTime time) throws GeneralSecurityException {
    time.calls++;
    Sample sample = next();
    signature.update(sample.signedText());
    return signature.verify(sample.signature());
  }

  private Sample next() {
    next = (next + 1) % SAMPLES;
    return samples[next];
  }
}
