package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void aFreePortIsNoneThatOutgoingConnectionsAreGiven() {
    assertThat(Ports.choose(0, "Kafka")).isBetween(20_000, 32_000);
  }

  @Test
  void aTakenPortIsNamedTogetherWithWhoWantedIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Ports.choose(port, "Kafka"))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("Kafka");
    }
  }

  @Test
  void aNumberThatIsNoPortIsRefused() {
    assertThatThrownBy(() -> Ports.choose(65_536, "Kafka"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }
}
