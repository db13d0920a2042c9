package io.paidonce.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.provider.Asked;
import io.paidonce.simulator.provider.Fault;
import io.paidonce.simulator.provider.PlatformSeal;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.ProviderServer;
import io.paidonce.simulator.provider.ScriptedFaults;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.WechatV3Merchant;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running gateway whose platform certificates come from a provider over HTTP. Kafka is away: 503
 * says that a signature was good, 401 that it was not.
 */
final class CertificateDownloadsTest {

  private static final String MCHID = "1900000001";
  private static final String MERCHANT_SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";
  private static final Secret API_V3_KEY = Secret.of("an-api-v3-key-of-32-bytes-000001");
  private static final KeyPair MERCHANT = KeyText.newRsaKeyPair();
  private static final char[] PASSWORD = "throw-away".toCharArray();
  private static final int VERIFIED = 503;
  private static final int NOT_VERIFIED = 401;

  @TempDir private static Path keys;
  private static PrivateKey platformKey;
  private static X509Certificate certificate;

  @TempDir private Path directory;
  private final ScriptedFaults faults = new ScriptedFaults();
  private final HttpClient http = HttpClient.newHttpClient();
  private ProviderServer provider;
  private String address = "";
  private Gateway gateway;

  // The JDK makes certificates by its own tool only.
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = keys.resolve("platform.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "platform",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=Tenpay.com sign",
                "-startdate",
                "-1d",
                "-validity",
                "1825",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD);
    }
    platformKey = (PrivateKey) loaded.getKey("platform", PASSWORD);
    certificate = (X509Certificate) loaded.getCertificate("platform");
  }

  @BeforeEach
  void openProvider() throws IOException {
    TradeBook book = new TradeBook(Clock.systemUTC(), Dialect.WECHAT_V3, MCHID);
    ProviderDesk desk =
        new ProviderDesk(Clock.systemUTC(), faults)
            .admit(
                new WechatV3Merchant(
                    MCHID,
                    "wx1",
                    Map.of(MERCHANT_SERIAL, MERCHANT.getPublic()),
                    List.of(PlatformSeal.certificate(pem(), signer())),
                    book));
    provider = ProviderServer.start(desk, 0);
    address = provider.address();
    Files.writeString(
        directory.resolve("merchant.pem"), KeyText.privateKeyPem(MERCHANT.getPrivate()));
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    leave();
  }

  private void leave() {
    if (provider != null) {
      provider.close();
    }
    provider = null;
  }

  @Test
  void whatAProviderHandsOutVerifiesItsCallbacks() throws Exception {
    start();
    await().atMost(Duration.ofSeconds(20)).until(() -> notice(serial()) == VERIFIED);
    assertThat(notice("0B")).isEqualTo(NOT_VERIFIED);
    assertThat(manage("/metrics"))
        .contains("paidonce_gateway_key_downloads_total{outcome=\"taken\"} 1.0")
        .contains("paidonce_gateway_key_downloads_failing 0.0")
        .contains("paidonce_gateway_key_days_left{account=\"1900000001\",key=\"" + serial());

    // A new configuration goes on with it, though the provider is away now.
    leave();
    assertThat(gateway.reload(config())).isEmpty();
    assertThat(notice(serial())).isEqualTo(VERIFIED);
  }

  @Test
  void aForgedDownloadBringsNoKeyAndTheGatewayServesWithout() throws Exception {
    faults.on(Asked.Kind.CERTIFICATES, "", Fault.of(Fault.Kind.BAD_SIGNATURE));
    start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> manage("/metrics").contains("key_downloads_failing 1.0"));
    assertThat(manage("/metrics"))
        .contains("paidonce_gateway_key_downloads_total{outcome=\"UNVERIFIED\"} 1.0");
    assertThat(notice(serial())).isEqualTo(NOT_VERIFIED);
  }

  @Test
  void aProviderThatIsAwayKeepsNoGatewayFromStarting() throws Exception {
    leave();
    start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> manage("/metrics").contains("key_downloads_failing 1.0"));
    assertThat(notice(serial())).isEqualTo(NOT_VERIFIED);
    // Not ready only because Kafka is away: whose keys are missing is declined, the others served.
    assertThat(manage("/health/ready")).doesNotContain("certificate", "key");
  }

  private void start() throws IOException {
    gateway = GatewayMain.start(config());
  }

  private GatewayConfig config() throws IOException {
    Path file = directory.resolve("paidonce.yaml");
    Files.writeString(
        file,
        """
        kafka: {bootstrapServers: '127.0.0.1:1'}
        gateway:
          callbacks: {host: 127.0.0.1, port: 0}
          management: {host: 127.0.0.1, port: 0}
        shops: [{id: tea}]
        accounts:
          - protocol: wechat-v3
            id: '%s'
            shop: tea
            apiV3Keys: ['%s']
            platformCertificates:
              serialNo: %s
              privateKey: file:merchant.pem
              hosts: ['%s']
        """
            .formatted(MCHID, API_V3_KEY.reveal(), MERCHANT_SERIAL, address));
    ConfigFile read = ConfigFile.read(file, Map.of());
    GatewayConfig config = read.gateway().orElseThrow();
    read.requireSound();
    return config;
  }

  private static String serial() {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  private static String pem() throws IOException {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
              .encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static WechatV3Signer signer() {
    return signer(serial());
  }

  private static WechatV3Signer signer(String keyId) {
    return new WechatV3Signer(platformKey, keyId, API_V3_KEY, MCHID, "wx1", new Random(7));
  }

  private int notice(String keyId) throws Exception {
    SignedCallback callback =
        signer(keyId)
            .payment(
                new PaidNotice("n1", "4200001", "order-1", 1_200, "CNY", Instant.now()),
                Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + gateway.callbackPort() + "/callbacks/wechat-v3/" + MCHID))
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
