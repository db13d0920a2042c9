package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the mutations take out stands still in the code; what each of them does is a proof's work.
 */
final class MutationTest {

  @ParameterizedTest
  @EnumSource
  void appliesAndCompiles(Mutation mutation) {
    assertThat(Mutation.compiled(mutation)).isNotEmptyDirectory();
  }
}
