package io.paidonce.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidentMemoryTest {

  @Test
  void linuxTellsItInKib() {
    assertThat(
            ResidentMemory.mibIn(
                List.of("Name:\tjava", "VmHWM:\t  999999 kB", "VmRSS:\t  524800 kB")))
        .hasValue(512);
  }

  @Test
  void whereItDoesNotItIsUnknown() {
    assertThat(ResidentMemory.mibIn(List.of("Name:\tjava"))).isEmpty();
  }
}
