package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.paidonce.providers.KeyText;
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
            Map.of(
                "HOSTNAME",
                "streams-1",
                "WECHAT_TEA_APIV3_KEY",
                "x".repeat(32),
                "GIFT_CARDS_SECRET",
                "x".repeat(32)));
    example.kafka();
    example.gateway();
    example.streams();
    example.projector();
    example.reconciler();
    assertThat(catchThrowable(example::requireSound).getMessage().lines().skip(1))
        .map(String::strip)
        .containsExactlyInAnyOrder(
            "accounts[0].platformKeys[0].pem: file secrets/wechat-tea-public-key.pem does not"
                + " exist",
            "accounts[0].platformKeys[1].pem: file secrets/wechat-tea-certificate.pem does not"
                + " exist",
            "accounts[1].alipayPublicKeys[0]: file secrets/alipay-tea-public-key.txt does not"
                + " exist",
            "projector.password: file secrets/postgres-password.txt does not exist",
            "credentials[0].privateKey: file secrets/wechat-tea-merchant-key.pem does not exist",
            "credentials[1].privateKey: file secrets/alipay-tea-application-key.txt does not"
                + " exist");
  }

  @Test
  void mistakesOfAllCredentialsAreToldTogetherWithThoseOfTheRole(@TempDir Path directory)
      throws IOException {
    Path written =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            reconciler: {requestsPerSecond: 0, accountLimits: [{account: nobody}]}
            shops: [{id: tea}]
            accounts:
              - {protocol: alipay, id: b, shop: tea, sellerId: '2088', alipayPublicKeys: [%s]}
            credentials:
              - {protocol: alipay, account: b}
              - {protocol: wechat-v9, account: c}
              - {protocol: wechat-v3, account: d, serialNo: '12', privateKey: x, host: y}
            """
                .formatted(KeyText.publicKeyBase64(KeyText.newRsaKeyPair().getPublic())));
    ConfigFile file = ConfigFile.read(written, Map.of());
    file.reconciler();
    assertThat(catchThrowable(file::requireSound))
        .hasMessageContaining("credentials[0].privateKey: is missing")
        .hasMessageContaining(
            "credentials[1].protocol: \"wechat-v9\" can't be asked; one of wechat")
        .hasMessageContaining("credentials[2].host: unknown field")
        .hasMessageContaining("reconciler.accountLimits[0].requestsPerSecond: is missing")
        .hasMessageContaining("kafka.bootstrapServers: is missing");
  }

  @Test
  void whatIsBoundIsAlsoTried(@TempDir Path directory) throws IOException {
    String key = KeyText.publicKeyBase64(KeyText.newRsaKeyPair().getPublic());
    Path written =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            kafka: {bootstrapServers: 'localhost:9092'}
            reconciler: {requestsPerSecond: 0}
            shops: [{id: tea}]
            accounts:
              - {protocol: alipay, id: b, shop: tea, sellerId: '2088', alipayPublicKeys: [%s]}
            credentials:
              - {protocol: alipay, account: b, privateKey: x}
              - {protocol: alipay, account: c, privateKey: x}
            """
                .formatted(key));
    ConfigFile file = ConfigFile.read(written, Map.of());
    file.reconciler();
    assertThat(catchThrowable(file::requireSound))
        .hasMessageContaining("credentials[0].privateKey: ")
        .hasMessageContaining("credentials[1].account: is c, which is no alipay account")
        .hasMessageContaining("reconciler.requestsPerSecond: is 0; it must be 1 to 10000");
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
