package io.paidonce.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.Verdict;
import java.security.GeneralSecurityException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CallbackBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void whatIsMeasuredIsAuthenticBothWays(Dialect dialect) throws GeneralSecurityException {
    CallbackBenchmark benchmark = new CallbackBenchmark();
    benchmark.dialect = dialect;
    benchmark.sign();
    CoreTime time = new CoreTime();
    assertThat(benchmark.receive(time)).isInstanceOf(Verdict.Authentic.class);
    assertThat(benchmark.verify(time)).isTrue();
    assertThat(time.calls).isEqualTo(2);
  }
}
