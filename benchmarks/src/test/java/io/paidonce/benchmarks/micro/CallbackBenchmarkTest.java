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
    assertThat(benchmark.receive()).isInstanceOf(Verdict.Authentic.class);
    assertThat(benchmark.verify()).isTrue();
  }
}
