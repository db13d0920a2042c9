package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.providers.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigFileTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PORT", "8088", "DOLLAR", "a$1\\b", "BLANK", "");

  @TempDir private Path directory;

  /** A section such as services have: something required, something nested, a list, rules. */
  @NullMarked
  record Section(
      String bootstrapServers,
      String name,
      Listen listen,
      @Nullable Boolean loud,
      Secret secret,
      List<Key> keys) {

    enum Kind {
      PUBLIC_KEY,
      CERTIFICATE
    }

    record Key(Kind kind, String pem) {}

    record Listen(String host, int port) {
      Listen {
        if (port < 0) {
          throw new IllegalArgumentException("port is " + port + "; it must not be negative");
        }
      }

      @JsonCreator
      static Listen of(
          @JsonProperty("host") @Nullable String host, @JsonProperty("port") int port) {
        return new Listen(host == null ? "127.0.0.1" : host, port);
      }
    }

    Section {
      keys = keys == null ? List.of() : List.copyOf(keys);
    }
  }

  private static final String GOOD =
      """
      kafka:
        bootstrapServers: localhost:9092
      gateway:
        name: 0123
        listen: {port: "${PORT}"}
        secret: file:secrets/key.txt
        keys:
          - kind: PUBLIC_KEY
            pem: file:secrets/key.txt
      """;

  private Section section(String yaml) throws IOException {
    ConfigFile file = read(yaml);
    Optional<Section> section = file.sectionWithKafka("gateway", Section.class);
    file.requireSound();
    return section.orElseThrow();
  }

  private ConfigFile read(String yaml) throws IOException {
    Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(directory.resolve("secrets/key.txt"), "first\nlast\n");
    Files.writeString(directory.resolve("secrets/empty.txt"), "\n");
    Files.write(directory.resolve("secrets/key.der"), new byte[] {(byte) 0x30, (byte) 0x82});
    Path file = Files.writeString(directory.resolve("config.yaml"), yaml);
    return ConfigFile.read(file, ENVIRONMENT);
  }

  @Test
  void aScalarIsWhatItsFieldSaysAndNotWhatYamlGuesses() throws IOException {
    assertThat(section(GOOD).name()).isEqualTo("0123");
    assertThat(section(GOOD.replace("0123", "yes")).name()).isEqualTo("yes");
    assertThat(section(GOOD.replace("0123", "1_000")).name()).isEqualTo("1_000");
  }

  /** Ten thousand accounts with their keys are four million characters. */
  @Test
  void aFileMayBeAsLongAsThousandsOfAccountsAre() throws IOException {
    String padding = ("# " + "x".repeat(100) + "\n").repeat(60_000);
    assertThat(section(padding + GOOD).name()).isEqualTo("0123");
  }

  @Test
  void variablesAndFilesAreFilledIn() throws IOException {
    Section section = section(GOOD);
    assertThat(section.listen()).isEqualTo(new Section.Listen("127.0.0.1", 8088));
    assertThat(section.secret().reveal()).isEqualTo("first\nlast");
    assertThat(section.keys().get(0).pem()).isEqualTo("first\nlast");
  }

  @Test
  void aVariableMayStandInsideATextAndHaveADefault() throws IOException {
    assertThat(section(GOOD.replace("0123", "x-${PORT}-${NONE:-d}-${BLANK:-}-y")).name())
        .isEqualTo("x-8088-d--y");
    assertThat(section(GOOD.replace("0123", "${DOLLAR}")).name()).isEqualTo("a$1\\b");
  }

  @Test
  void aSectionWithoutAKafkaHasTheOneOfAllRoles() throws IOException {
    assertThat(section(GOOD).bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(
            section(GOOD.replace("name:", "bootstrapServers: own:1\n  name:")).bootstrapServers())
        .isEqualTo("own:1");
  }

  /**
   * One mistake.
   *
   * @param find what of the good file is replaced
   * @param expected all problems, exactly
   */
  record Mistake(String find, String replacement, List<String> expected) {
    @Override
    public String toString() {
      return replacement.isEmpty() ? "without " + find : replacement;
    }
  }

  private static Mistake mistake(String find, String replacement, String... expected) {
    return new Mistake(find, replacement, List.of(expected));
  }

  private static final String KNOWN = "bootstrapServers, name, listen, loud, secret, keys";

  static List<Mistake> mistakes() {
    return List.of(
        mistake("  name: 0123\n", "", "gateway.name: is missing"),
        mistake("name: 0123", "name:", "gateway.name: is missing"),
        mistake(
            "name: 0123",
            "nmae: x",
            "gateway.nmae: unknown field; known here: " + KNOWN,
            "gateway.name: is missing"),
        mistake("name: 0123", "name: [a]", "gateway.name: should be a text, not a list"),
        mistake(
            "{port: \"${PORT}\"}",
            "{port: eighty}",
            "gateway.listen.port: should be a whole number, not \"eighty\""),
        mistake(
            "{port: \"${PORT}\"}",
            "{port: 80.5}",
            "gateway.listen.port: should be a whole number, not \"80.5\""),
        mistake(
            "{port: \"${PORT}\"}",
            "{port: \"\"}",
            "gateway.listen.port: should be a whole number, not \"\""),
        mistake(
            "{port: \"${PORT}\"}",
            "{port: -1}",
            "gateway.listen: port is -1; it must not be negative"),
        mistake(
            "{port: \"${PORT}\"}", "8080", "gateway.listen: should be a mapping with host, port"),
        mistake(
            "${PORT}",
            "${NO_PORT}",
            "gateway.listen.port: environment variable NO_PORT is not set"),
        mistake("${PORT}", "${BLANK}", "gateway.listen.port: environment variable BLANK is empty"),
        mistake(
            "0123",
            "${A}${B}",
            "gateway.name: environment variable A is not set",
            "gateway.name: environment variable B is not set"),
        mistake(
            "pem: file:secrets/key.txt",
            "pem: file:secrets/x.pem",
            "gateway.keys[0].pem: file secrets/x.pem does not exist"),
        mistake(
            "pem: file:secrets/key.txt",
            "pem: file:secrets",
            "gateway.keys[0].pem: file secrets is a directory or device, not a file"),
        mistake(
            "pem: file:secrets/key.txt",
            "pem: file:secrets/empty.txt",
            "gateway.keys[0].pem: file secrets/empty.txt is empty"),
        mistake(
            "pem: file:secrets/key.txt",
            "pem: file:secrets/key.der",
            "gateway.keys[0].pem: file secrets/key.der is not UTF-8 text; a key must be PEM, not"
                + " DER"),
        mistake(
            "kind: PUBLIC_KEY",
            "kind: PUBLIC",
            "gateway.keys[0].kind: should be one of PUBLIC_KEY, CERTIFICATE, not \"PUBLIC\""),
        mistake(
            "    - kind: PUBLIC_KEY\n      pem: file:secrets/key.txt",
            "    -",
            "gateway.keys[0]: should be a mapping with kind, pem"),
        mistake(
            "secret: file:secrets/key.txt",
            "secret: [x]",
            "gateway.secret: should be one value, not a list"),
        mistake(
            "keys:",
            "loud: louder\n  keys:",
            "gateway.loud: should be true or false, not \"louder\""),
        mistake(
            "name: 0123",
            "name: 0123\n  name: 4",
            "gateway.name: given twice, again at line 5; keep one"),
        mistake(
            "name: 0123",
            "name: *a",
            "gateway.name: YAML aliases (*name) are not read here; write the value out"),
        mistake(
            "gateway:",
            "gatway: {}\ngateway:",
            "gatway: unknown section; known here: kafka, gateway, streams, projector,"
                + " reconciler, shops, accounts, credentials"),
        mistake("  bootstrapServers: localhost:9092\n", "", "kafka.bootstrapServers: is missing"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsPlace(Mistake mistake) {
    assertThat(GOOD).contains(mistake.find());
    assertThatThrownBy(() -> section(GOOD.replace(mistake.find(), mistake.replacement())))
        .isInstanceOf(InvalidConfigException.class)
        .extracting(e -> e.getMessage().lines().skip(1).map(String::strip).toList())
        .isEqualTo(mistake.expected());
  }

  @Test
  void allMistakesAreToldTogether() {
    assertThatThrownBy(() -> section(GOOD.replace("0123", "${A}").replace("key.txt", "no.txt")))
        .hasMessage(
            directory.resolve("config.yaml")
                + ": 3 problems; nothing was started\n"
                + "  gateway.name: environment variable A is not set\n"
                + "  gateway.secret: file secrets/no.txt does not exist\n"
                + "  gateway.keys[0].pem: file secrets/no.txt does not exist");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLineAndWithoutItsContent() {
    assertThatThrownBy(() -> read("kafka:\n  bootstrapServers: 'top-secret\n"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("line 2, column 19: no YAML: ")
        .hasMessageNotContaining("top-secret");
    assertThatThrownBy(() -> read("")).hasMessageContaining("the file holds no settings");
    assertThatThrownBy(() -> read("- a")).hasMessageContaining("the file holds no settings");
    assertThatThrownBy(() -> read(GOOD + "---\nkafka: {}\n").requireSound())
        .hasMessageContaining("the file holds a second YAML document");
    assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yaml"), ENVIRONMENT))
        .hasMessageContaining("the file does not exist");
  }

  @Test
  void whatAShopSaysAboutDeadlinesReachesStreams() throws IOException {
    ConfigFile file =
        read(
            """
            streams: {stateDir: s, bootstrapServers: "b:1"}
            shops: [{id: a, payWithinSeconds: 300, onDeadline: LOCAL}, {id: b},
              {id: c, payableAt: ["wechat:1900000001"]},
              {id: d, onDeadline: NONE, payableAt: ["alipay:2021", "wechat:1900000001"]}]
            """);
    ProviderAccount alipay = new ProviderAccount("alipay", "2021");
    ProviderAccount wechat = new ProviderAccount("wechat", "1900000001");
    Map<String, TimeToPay> times = file.streams().orElseThrow().timesToPay();
    file.requireSound();
    assertThat(times)
        .containsOnly(
            Map.entry("a", new TimeToPay(Duration.ofMinutes(5), OnDeadline.LOCAL)),
            Map.entry("b", new TimeToPay(Duration.ofMinutes(15), OnDeadline.NONE)),
            Map.entry(
                "c", new TimeToPay(Duration.ofMinutes(15), OnDeadline.PROVIDER, List.of(wechat))),
            Map.entry(
                "d",
                new TimeToPay(Duration.ofMinutes(15), OnDeadline.NONE, List.of(alipay, wechat))));
    ConfigFile without = read("streams: {stateDir: s, bootstrapServers: \"b:1\"}");
    assertThat(without.streams().orElseThrow().timesToPay()).isEmpty();
    without.requireSound();
  }

  @Test
  void aTimeToPayThatNoProviderTakesIsRefused() throws IOException {
    ConfigFile file = read("shops: [{id: a, payWithinSeconds: 299}, {id: b, onDeadline: NEVER}]");
    file.shops();
    assertThatThrownBy(file::requireSound)
        .hasMessageContaining("shops[0]: payWithinSeconds must be 300 to 7776000")
        .hasMessageContaining("shops[1].onDeadline: should be one of NONE, PROVIDER, LOCAL");
  }

  @Test
  void whomToAskIsNamedWhereItIsNeededAndNotTooManyAreAsked() throws IOException {
    ConfigFile file =
        read(
            """
            shops: [{id: a, onDeadline: PROVIDER}, {id: b, payableAt: [wechat]},
              {id: c, payableAt: [%s]}]
            """
                .formatted(String.join(", ", Collections.nCopies(21, "'wechat:1'"))));
    file.shops();
    assertThatThrownBy(file::requireSound)
        .hasMessageContaining("shops[0]: onDeadline PROVIDER needs payableAt")
        .hasMessageContaining("shops[1]: must be provider:account, as in wechat:1900000001: wechat")
        .hasMessageContaining("shops[2]: payableAt must name at most 20 accounts");
  }

  @Test
  void shopsAreListedOnce() throws IOException {
    assertThat(read("shops: [{id: a}, {id: b}]").shops()).containsExactly("a", "b");
    ConfigFile twice = read("shops: [{id: a}, {id: a}, {id: 'x:y'}]");
    twice.shops();
    assertThatThrownBy(twice::requireSound)
        .hasMessageContaining("shops[1].id: \"a\" is given twice; keep one")
        .hasMessageContaining("shops[2]: id must not be blank and hold no colon");
  }

  @Test
  void aGatewaysValuesOutOfRangeAreInTheSameReport() throws IOException {
    ConfigFile file =
        read(
            """
            kafka: {bootstrapServers: "localhost:9092"}
            gateway:
              callbacks: {host: 127.0.0.1, port: 70000}
              limits: {maxBodyBytes: 1}
            accounts:
              - {protocol: carrier-pigeon, id: "1", shop: s1}
            """);
    file.gateway();
    assertThatThrownBy(file::requireSound)
        .hasMessageContaining("port")
        .hasMessageContaining("maxBodyBytes")
        .hasMessageContaining("carrier-pigeon");
  }
}
