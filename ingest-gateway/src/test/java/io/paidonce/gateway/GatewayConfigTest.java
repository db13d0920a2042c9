package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.providers.Secret;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** All defaults in one list; every setting changed and read back. */
class GatewayConfigTest {

  private static final Secret KEY = Secret.of("K");

  @Test
  void whatIsLeftOutHasADefault() throws IOException {
    assertThat(read("{}"))
        .isEqualTo(
            new GatewayConfig(
                "127.0.0.1:9092",
                3,
                new Endpoint("0.0.0.0", 8_080),
                new Endpoint("127.0.0.1", 8_081),
                new Limits(65_536, 16_777_216, 5_000, 4_096),
                false,
                new OrdersConfig(new Endpoint("127.0.0.1", 8_082), "", List.of()),
                DoorConfig.standard(),
                List.of(),
                List.of()));
  }

  @Test
  void everySettingCanBeChanged() throws IOException {
    String json =
        """
        {"bootstrapServers": "k:1", "replicationFactor": 7,
         "callbacks": {"host": "a", "port": 1},
         "management": {"host": "b", "port": 2},
         "limits": {"maxBodyBytes": 3, "maxInFlightBytes": 4,
                    "bodyTimeoutMs": 5, "maxConnections": 6},
         "accountLabel": true,
         "orders": {"endpoint": {"host": "c", "port": 8}, "queryUrl": "https://q",
                    "tokens": [{"name": "n", "sha256": "d", "shops": ["s"]}]},
         "tls": {"certificate": "C", "key": "K"},
         "trustedProxies": ["10.0.0.0/8"],
         "allowFrom": [{"protocol": "wechat-v3", "account": "1", "ranges": ["1.2.3.4"]}],
         "failures": {"burst": 11, "perSecond": 12, "sources": 13, "waiting": 14},
         "shopLimits": {"inFlight": 15, "perSecond": 16,
                        "shops": [{"shop": "s", "inFlight": 17, "perSecond": 18}]},
         "handshakes": [{"path": "/h", "kind": "CRC", "secret": "K"}],
         "retiringKeys": [{"account": "wechat-v3/1", "key": "K",
                           "acceptUntil": "2026-12-01T00:00:00Z"}]}
        """;
    assertThat(read(json))
        .usingRecursiveComparison()
        .isEqualTo(
            new GatewayConfig(
                "k:1",
                7,
                new Endpoint("a", 1),
                new Endpoint("b", 2),
                new Limits(3, 4, 5, 6),
                true,
                new OrdersConfig(
                    new Endpoint("c", 8),
                    "https://q",
                    List.of(new OrderToken("n", "d", List.of("s")))),
                new DoorConfig(
                    new TlsConfig("C", KEY),
                    List.of("10.0.0.0/8"),
                    List.of(new AllowedSources("wechat-v3", "1", List.of("1.2.3.4"))),
                    new FailureLimits(11, 12, 13, 14),
                    new ShopLimits(15, 16, List.of(new ShopLimits.ShopLimit("s", 17, 18))),
                    List.of(new HandshakeConfig("/h", HandshakeConfig.Kind.CRC, KEY))),
                List.of(new RetiringKey("wechat-v3/1", "K", "2026-12-01T00:00:00Z")),
                List.of()));
  }

  @Test
  void aSingleLimitCanBeChanged() throws IOException {
    assertThat(read("{\"limits\": {\"maxBodyBytes\": 2048}}").limits())
        .isEqualTo(new Limits(2_048, 16_777_216, 5_000, 4_096));
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThatThrownBy(() -> read("{\"limits\": {\"maxBodyByte\": 2048}}"))
        .hasMessageContaining("maxBodyByte");
    assertThatThrownBy(() -> read("{\"callback\": {}}")).hasMessageContaining("callback");
  }

  @Test
  void theProducersTimesEndBeforeTheAnswersTime() {
    var settings = ProducerSettings.of("127.0.0.1:1", 0);
    int delivery = (int) settings.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    int block = (int) settings.get(ProducerConfig.MAX_BLOCK_MS_CONFIG);
    assertThat(delivery + block).isLessThan((int) Timings.standard().answer().toMillis());
    assertThat(settings)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
  }

  private static GatewayConfig read(String json) throws IOException {
    return new JsonMapper().readValue(json, GatewayConfig.class);
  }
}
