package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wrong configuration stops the start before any port is open, and names every place. */
class MisconfigurationTest {

  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);
  private static final GatewayConfig GOOD =
      GatewayConfig.of("127.0.0.1:1").withEndpoints(ANY, ANY).withAccounts(Shops.all());

  @Test
  void noAccount() {
    assertProblem(GOOD.withAccounts(List.of()), "accounts: is empty");
  }

  @Test
  void aDoubledAccount() {
    assertProblem(
        GOOD.withAccounts(List.of(Shops.wechatA(), Shops.alipay(), Shops.wechatA())),
        "accounts[2]: is wechat-v3/1900000001, and so is accounts[0]");
  }

  @Test
  void anAccountOfTwoShopsWhateverTheProtocol() {
    Problems problems = Problems.none();
    List<CallbackProtocol<?>> protocols =
        List.of(new SpokenProtocol("spoken-1", "spoken"), new SpokenProtocol("spoken-2", "spoken"));
    Accounts.open(
        List.of(
            new SpokenProtocol.Config("spoken-1", "a1", "s1"),
            new SpokenProtocol.Config("spoken-2", "a1", "s2")),
        protocols,
        problems);
    assertThat(problems.lines())
        .containsExactly(
            "accounts[1].shop: is s2, but spoken account a1 belongs to shop s1 at accounts[0];"
                + " an account belongs to one shop");
  }

  @Test
  void anUnknownProtocol() {
    assertProblem(
        GOOD.withAccounts(List.of(new SpokenProtocol.Config("wechat-v9", "1", "s"))),
        "accounts[0].protocol: is wechat-v9; known are alipay, hmac, wechat-v2, wechat-v3");
  }

  @Test
  void aPrivateKeyWhereAPublicOneBelongs() {
    String pem = KeyText.privateKeyPem(Shops.KEYS_A.getPrivate());
    assertProblem(
        GOOD.withAccounts(
            List.of(
                Shops.alipay(),
                new WechatV3Config(
                    "wechat-v3",
                    "1",
                    "s",
                    List.of(Secret.of("x".repeat(32))),
                    List.of(new PlatformKey(Shops.KEY_ID_A, pem)),
                    List.of(),
                    List.of()))),
        "accounts[1].platformKeys[0].pem: ");
  }

  @Test
  void aSecretOfTheWrongLengthIsNamedButNotShown() {
    MisconfiguredException refused =
        refusal(
            GOOD.withAccounts(
                List.of(
                    Shops.wechat("1", "s", Secret.of("swordfish"), Shops.KEY_ID_A, Shops.KEYS_A))));
    assertThat(refused).hasMessageContaining("accounts[0].apiV3Keys[0]: is 9 bytes long");
    assertThat(refused.getMessage()).doesNotContain("swordfish");
  }

  @Test
  void aMissingKey() {
    AccountConfig keyless = new AlipayConfig("alipay", "1", "s", "2088", List.of(), null);
    assertProblem(GOOD.withAccounts(List.of(keyless)), "accounts[0].alipayPublicKeys: ");
  }

  @Test
  void impossibleLimitsAndPorts() {
    GatewayConfig config =
        GOOD.withLimits(new Limits(500_000, 10, 0, 0))
            .withReplicationFactor(0)
            .withEndpoints(new Endpoint(" ", 70_000), new Endpoint("127.0.0.1", -1));
    assertThat(refusal(config).problems())
        .anySatisfy(p -> assertThat(p).startsWith("callbacks.host: is blank"))
        .anySatisfy(p -> assertThat(p).startsWith("callbacks.port: is 70000"))
        .anySatisfy(p -> assertThat(p).startsWith("management.port: is -1"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "limits.maxBodyBytes: is 500000 bytes; it must be 1024 to 172032 bytes"))
        .anySatisfy(p -> assertThat(p).startsWith("limits.maxInFlightBytes: is 10 bytes"))
        .anySatisfy(p -> assertThat(p).startsWith("limits.bodyTimeoutMs: is 0 milliseconds"))
        .anySatisfy(p -> assertThat(p).startsWith("limits.maxConnections: is 0 connections"))
        .anySatisfy(p -> assertThat(p).startsWith("replicationFactor: is 0; it must be 1 to 7"))
        .hasSize(8);
  }

  @Test
  void onePortForBoth() {
    Endpoint same = new Endpoint("127.0.0.1", 8_080);
    assertProblem(GOOD.withEndpoints(same, same), "management: listens at 127.0.0.1:8080");
  }

  @Test
  void noBroker() {
    assertProblem(
        GatewayConfig.of(" ").withEndpoints(ANY, ANY).withAccounts(Shops.all()),
        "bootstrapServers: is blank");
    assertProblem(
        GatewayConfig.of("kafka").withEndpoints(ANY, ANY).withAccounts(Shops.all()),
        "bootstrapServers: is kafka: ");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = new Endpoint("127.0.0.1", taken.getLocalPort());
      assertProblem(GOOD.withEndpoints(endpoint, ANY), "callbacks: can't listen at " + endpoint);
      assertProblem(GOOD.withEndpoints(ANY, endpoint), "management: can't listen at " + endpoint);
    }
  }

  private static void assertProblem(GatewayConfig config, String start) {
    assertThat(refusal(config).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).startsWith(start));
  }

  private static MisconfiguredException refusal(GatewayConfig config) {
    return catchThrowableOfType(
        MisconfiguredException.class, () -> GatewayMain.start(config).close());
  }
}
