package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code infra/config} must stay true as the services' settings change. */
final class ExampleConfigTest {

  @Test
  void theExampleLacksNothingButItsSecrets() {
    ConfigFile example =
        ConfigFile.read(
            Path.of("../infra/config/paidonce.example.yaml"),
            Map.of("HOSTNAME", "streams-1", "WECHAT_TEA_APIV3_KEY", "x".repeat(32)));
    example.kafka();
    example.gateway();
    example.streams();
    example.projector();
    assertThat(catchThrowable(example::requireSound).getMessage().lines().skip(1))
        .map(String::strip)
        .containsExactlyInAnyOrder(
            "accounts[0].platformKeys[0].pem: file secrets/wechat-tea-public-key.pem does not exist",
            "accounts[0].platformKeys[1].pem: file secrets/wechat-tea-certificate.pem does not exist",
            "accounts[1].alipayPublicKeys[0]: file secrets/alipay-tea-public-key.txt does not exist",
            "projector.password: file secrets/postgres-password.txt does not exist");
  }

  @Test
  void mistakesOfAllAccountsAreToldTogether(@TempDir Path directory) throws IOException {
    Path written =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            shops: [{id: tea}]
            accounts:
              - {protocol: wechat-v9, id: a, shop: tea}
              - {protocol: alipay, id: b, shop: tee, sellerId: '2088', alipayPublicKeys: [x]}
              - {id: c}
              - {protocol: wechat-v3, id: d, shop: tea, apiV3Key: short}
            """);
    ConfigFile file = ConfigFile.read(written, Map.of());
    file.accounts();
    assertThat(catchThrowable(file::requireSound))
        .hasMessageContaining("accounts[0].protocol: \"wechat-v9\" is not known; one of wechat-v3")
        .hasMessageContaining("accounts[1].shop: \"tee\" is not among shops")
        .hasMessageContaining("accounts[1].alipayPublicKeys[0]")
        .hasMessageContaining("accounts[2].protocol: is missing")
        .hasMessageContaining("accounts[3].apiV3Key: unknown field");
  }
}
