package io.paidonce.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.ServedKeys;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.doctor.Finding.Grade;
import io.paidonce.projector.ReadStoreCheck;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.KeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad thing at a time in a configuration, and each is found and named. */
final class InstallationTest {

  private static final KeyPair OURS = KeyText.newRsaKeyPair();
  private static final KeyPair THEIRS = KeyText.newRsaKeyPair();
  private static final String SECRET = "canary-secret-of-thirty-two-char";

  @TempDir private Path directory;

  private Path written(String yaml) throws IOException {
    return Files.writeString(directory.resolve("paidonce.yaml"), yaml);
  }

  private static String yaml(String second, KeyPair alipay, String retiring) {
    return """
    kafka: {bootstrapServers: '127.0.0.1:1'}
    gateway: {retiringKeys: [%s]}
    shops: [{id: tea}]
    accounts:
      - {protocol: alipay, id: '2021', shop: tea, sellerId: '2088', alipayPublicKeys: [%s]}
      - {protocol: hmac, id: one, shop: tea, preset: stripe, secrets: [{version: a, secret: %s}]}
      - {protocol: hmac, id: two, shop: tea, preset: stripe, secrets: [{version: a, secret: %s}]}
    credentials:
      - {protocol: alipay, account: '2021', privateKey: %s}
    """
        .formatted(
            retiring,
            KeyText.publicKeyBase64(alipay.getPublic()),
            SECRET,
            second,
            Base64.getEncoder().encodeToString(OURS.getPrivate().getEncoded()));
  }

  private List<Finding> compared(String yaml) throws IOException {
    ConfigFile file = ConfigFile.read(written(yaml), Map.of());
    Optional<GatewayConfig> gateway = file.gateway();
    List<ApiCredentials> credentials = file.credentials();
    file.requireSound();
    return KeysLook.compare(gateway.orElseThrow().accounts(), credentials);
  }

  @Test
  void keysThatAreTheRightOnesAreWell() throws IOException {
    assertThat(compared(yaml("another-secret-of-thirty-two-cha", THEIRS, "")))
        .singleElement()
        .matches(f -> f.grade() == Grade.OK && f.sentence().contains("3 accounts"));
  }

  @Test
  void ourOwnKeyInTheProvidersPlaceIsNamed() throws IOException {
    assertThat(compared(yaml("another-secret-of-thirty-two-cha", OURS, "")))
        .singleElement()
        .matches(
            f ->
                f.grade() == Grade.MEND && f.sentence().contains("alipay/2021 has our own public"));
  }

  @Test
  void aSecretThatTwoShareIsNamedAndNotShown() throws IOException {
    assertThat(compared(yaml(SECRET, THEIRS, "")))
        .singleElement()
        .matches(f -> f.grade() == Grade.WARNING && f.sentence().contains("hmac/one, hmac/two"))
        .matches(f -> !f.sentence().contains("canary"));
  }

  @Test
  void aKeyThatEndsIsNamedBeforeAndAfter() throws IOException {
    String id = keyId();
    String retiring = "{account: alipay/2021, key: '" + id + "', acceptUntil: '%s'}";
    Instant end = Instant.parse("2026-03-01T00:00:00Z");
    ConfigFile file =
        ConfigFile.read(
            written(yaml("another-secret-of-thirty-two-cha", THEIRS, retiring.formatted(end))),
            Map.of());
    GatewayConfig gateway = file.gateway().orElseThrow();
    file.requireSound();
    assertThat(KeysLook.dates(gateway, Instant.parse("2026-01-01T00:00:00Z")).get(0))
        .matches(f -> f.grade() == Grade.OK && f.sentence().contains(end.toString()));
    assertThat(KeysLook.dates(gateway, Instant.parse("2026-02-20T00:00:00Z")).get(0))
        .matches(f -> f.grade() == Grade.WARNING && f.sentence().contains("ends in 9 days"));
    assertThat(KeysLook.dates(gateway, Instant.parse("2026-03-02T00:00:00Z")).get(0))
        .matches(f -> f.grade() == Grade.MEND && f.sentence().contains("ended at"));
  }

  private String keyId() throws IOException {
    ConfigFile file =
        ConfigFile.read(written(yaml("another-secret-of-thirty-two-cha", THEIRS, "")), Map.of());
    return ServedKeys.of(file.gateway().orElseThrow()).get(0).id();
  }

  @Test
  void everyProblemOfTheFileIsAFindingWithItsPlace() throws Exception {
    List<Finding> found =
        Installation.read(
                written(
                    """
                    shops: [{id: tea}]
                    accounts:
                      - {protocol: wechat-v3, id: '19', shop: tea, apiV3Keys: [canary-too-short]}
                    credentials:
                      - {protocol: wechat-v3, account: '19', serialNo: '12', privateKey: canary}
                    """),
                Map.of(),
                Clock.systemUTC())
            .examine(Optional.empty());
    assertThat(found)
        .filteredOn(f -> f.grade() == Grade.MEND)
        .extracting(Finding::sentence)
        .anyMatch(line -> line.startsWith("accounts[0].apiV3Keys[0]"))
        .anyMatch(line -> line.startsWith("accounts[0].platformKeys"))
        .anyMatch(line -> line.startsWith("kafka.bootstrapServers"))
        .noneMatch(line -> line.contains("canary"));
    assertThat(Examination.exitCode(found)).isEqualTo(2);
  }

  @Test
  void aFileThatIsNoYamlIsTheOneFinding() throws Exception {
    assertThat(
            Installation.read(written("{"), Map.of(), Clock.systemUTC()).examine(Optional.empty()))
        .singleElement()
        .matches(f -> f.grade() == Grade.MEND && f.about().equals("configuration"));
  }

  @Test
  void aReadStoreIsGradedByWhatItsProjectorWouldDo() {
    assertThat(ReadStoreLook.graded(new ReadStoreCheck("jdbc:x", "8", List.of(), 0)).get(0))
        .matches(f -> f.grade() == Grade.OK && f.sentence().contains("version 8"));
    assertThat(ReadStoreLook.graded(new ReadStoreCheck("jdbc:x", "", List.of(), 8)).get(0))
        .matches(f -> f.grade() == Grade.WARNING && f.sentence().contains("no tables yet"));
    assertThat(ReadStoreLook.graded(new ReadStoreCheck("jdbc:x", "9", List.of("newer"), 0)).get(0))
        .matches(f -> f.grade() == Grade.MEND && f.sentence().equals("newer"));
  }
}
