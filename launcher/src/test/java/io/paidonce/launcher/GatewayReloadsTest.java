package io.paidonce.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.FilesRead;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.alipay.AlipaySigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway whose files change. Kafka is away: 503 says that a signature was good. */
final class GatewayReloadsTest {

  private static final KeyPair FIRST = KeyText.newRsaKeyPair();
  private static final KeyPair SECOND = KeyText.newRsaKeyPair();
  private static final int VERIFIED = 503;
  private static final int NOT_VERIFIED = 401;

  @TempDir private Path directory;
  private Path config;
  private Path key;
  private Gateway gateway;
  private GatewayReloads reloads;
  private final Map<String, String> environment = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    config = directory.resolve("paidonce.yaml");
    key = directory.resolve("alipay.txt");
    Files.writeString(key, KeyText.publicKeyBase64(FIRST.getPublic()));
    Files.writeString(config, yaml("2021000000000001"));
    open();
  }

  private void open() {
    FilesRead files = new FilesRead();
    ConfigFile read = ConfigFile.read(config, environment, files);
    gateway = GatewayMain.start(read.gateway().orElseThrow());
    reloads = new GatewayReloads(config, environment, files, gateway);
  }

  @AfterEach
  void stop() {
    reloads.close();
    gateway.close();
  }

  private static String withToken(String token, String shop) {
    String digest = HexFormat.of().formatHex(sha256(token));
    return yaml("2021000000000001")
        .replace(
            "gateway:",
            "gateway:\n  orders:\n    endpoint: {host: 127.0.0.1, port: 0}\n"
                + "    tokens: [{name: n, sha256: '"
                + digest
                + "', shops: ["
                + shop
                + "]}]");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String yaml(String appId) {
    return """
    kafka: {bootstrapServers: '127.0.0.1:1'}
    gateway:
      callbacks: {host: 127.0.0.1, port: 0}
      management: {host: 127.0.0.1, port: 0}
    shops: [{id: tea}]
    accounts:
      - {protocol: alipay, id: '%s', shop: tea, sellerId: '2088', alipayPublicKeys: ['file:alipay.txt']}
    """
        .formatted(appId);
  }

  @Test
  void aNewKeyFileIsUsedWithoutARestart() throws Exception {
    assertThat(notice(FIRST, "2021000000000001")).isEqualTo(VERIFIED);
    assertThat(notice(SECOND, "2021000000000001")).isEqualTo(NOT_VERIFIED);
    Files.writeString(key, KeyText.publicKeyBase64(SECOND.getPublic()) + "\n");
    lookTwice();
    assertThat(notice(SECOND, "2021000000000001")).isEqualTo(VERIFIED);
    assertThat(notice(FIRST, "2021000000000001")).isEqualTo(NOT_VERIFIED);
    assertThat(manage("/metrics"))
        .contains("paidonce_gateway_config_reloads_total{outcome=\"taken\"} 1.0")
        .contains("paidonce_gateway_config_stale 0.0");
  }

  @Test
  void aBadKeyFileKeepsTheOldKeyAndSaysSo() throws Exception {
    Files.writeString(key, "no key at all");
    lookTwice();
    assertThat(notice(FIRST, "2021000000000001")).isEqualTo(VERIFIED);
    assertThat(manage("/metrics"))
        .contains("paidonce_gateway_config_reloads_total{outcome=\"refused\"} 1.0")
        .contains("paidonce_gateway_config_stale 1.0");
    assertThat(manage("/health/ready"))
        .contains("\"newerRefusedAt\"")
        .contains("accounts[0].alipayPublicKeys[0]: is neither one whole PEM block")
        .doesNotContain("no key at all");
    Files.writeString(key, KeyText.publicKeyBase64(SECOND.getPublic()));
    lookTwice();
    assertThat(notice(SECOND, "2021000000000001")).isEqualTo(VERIFIED);
    assertThat(manage("/health/ready")).doesNotContain("newerRefusedAt");
  }

  @Test
  void aVaultThatIsSealedKeepsTheOldKeyAndIsAskedAgainAtTheNextReload() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    AtomicReference<PublicKey> kept = new AtomicReference<>(SECOND.getPublic());
    HttpServer vault =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext(
        "/v1/secret/data/alipay",
        exchange -> {
          byte[] body =
              ("{\"data\":{\"data\":{\"key\":\"" + KeyText.publicKeyBase64(kept.get()) + "\"}}}")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    vault.start();
    try {
      environment.put("VAULT_ADDR", "http://127.0.0.1:" + vault.getAddress().getPort());
      environment.put("VAULT_TOKEN", "canary-token");
      Files.writeString(
          config,
          yaml("2021000000000001").replace("file:alipay.txt", "vault:secret/data/alipay#key"));
      lookTwice();
      assertThat(notice(SECOND, "2021000000000001")).isEqualTo(VERIFIED);
      kept.set(FIRST.getPublic());
      status.set(503);
      reloads.reload();
      assertThat(notice(SECOND, "2021000000000001")).isEqualTo(VERIFIED);
      assertThat(manage("/health/ready"))
          .contains("accounts[0].alipayPublicKeys[0]: Vault's secret/data/alipay can't be read")
          .contains("sealed")
          .doesNotContain("canary");
      status.set(200);
      reloads.reload();
      assertThat(notice(FIRST, "2021000000000001")).isEqualTo(VERIFIED);
      assertThat(notice(SECOND, "2021000000000001")).isEqualTo(NOT_VERIFIED);
    } finally {
      vault.stop(0);
    }
  }

  @Test
  void aFileWithoutAccountsTakesNoneAway() throws Exception {
    for (String bad : new String[] {"", "accounts: [", "kafka: {bootstrapServers: x}"}) {
      Files.writeString(config, bad);
      lookTwice();
      assertThat(notice(FIRST, "2021000000000001")).as(bad).isEqualTo(VERIFIED);
    }
    assertThat(manage("/metrics")).contains("reloads_total{outcome=\"refused\"} 3.0");
  }

  @Test
  void accountsComeAndGoTogether() throws Exception {
    Files.writeString(config, yaml("2021000000000009"));
    lookTwice();
    assertThat(notice(FIRST, "2021000000000009")).isEqualTo(VERIFIED);
    assertThat(notice(FIRST, "2021000000000001")).isEqualTo(404);
  }

  @Test
  void whatOnlyAStartTakesIsNamed() throws Exception {
    Files.writeString(
        config,
        yaml("2021000000000001").replace("gateway:", "gateway:\n  limits: {maxBodyBytes: 2048}"));
    lookTwice();
    assertThat(manage("/health/ready")).contains("\"waitingForRestart\":[\"gateway.limits\"]");
  }

  @Test
  void aHangupReadsAtOnce() throws Exception {
    reloads.begin();
    Files.writeString(key, KeyText.publicKeyBase64(SECOND.getPublic()));
    Class<?> signals = Class.forName("sun.misc.Signal");
    signals
        .getMethod("raise", signals)
        .invoke(null, signals.getConstructor(String.class).newInstance("HUP"));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> notice(SECOND, "2021000000000001") == VERIFIED);
  }

  @Test
  void aNewTokenIsTakenAndAnOldOneIsNoMore() throws Exception {
    stop();
    Files.writeString(config, withToken("first", "tea"));
    open();
    assertThat(cancel("first")).as("Kafka is away").isEqualTo(503);
    Files.writeString(config, withToken("another", "tea"));
    lookTwice();
    assertThat(cancel("first")).isEqualTo(401);
    assertThat(cancel("another")).isEqualTo(503);
    Files.writeString(config, withToken("third", "nobody"));
    lookTwice();
    assertThat(cancel("another")).isEqualTo(503);
    assertThat(manage("/health/ready"))
        .contains("gateway.orders.tokens[0].shops: \\\"nobody\\\" is not among shops");
  }

  @Test
  void withoutATokenThereIsNoDoorForCommands() {
    assertThat(gateway.ordersPort()).isEqualTo(-1);
  }

  private int cancel(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + gateway.ordersPort() + "/v1/orders/tea/T-1/cancel"))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "c-1")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private void lookTwice() {
    reloads.look();
    reloads.look();
  }

  private int notice(KeyPair signedWith, String appId) throws Exception {
    SignedCallback callback =
        new AlipaySigner(signedWith.getPrivate(), appId, "2088")
            .payment(
                new PaidNotice("n1", "4200001", "order-1", 1_200, "CNY", Instant.now()),
                Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + gateway.callbackPort() + "/callbacks/alipay/" + appId))
            .POST(HttpRequest.BodyPublishers.ofByteArray(callback.body().bytes()));
    callback.headers().forEach(request::header);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private String manage(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + gateway.managementPort() + path))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
