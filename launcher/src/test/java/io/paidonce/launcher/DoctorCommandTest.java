package io.paidonce.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code doctor callback} says of a captured request, and its exit codes. */
final class DoctorCommandTest {

  private static final Instant CAME = Instant.parse("2026-01-31T12:00:00Z");
  private static final String API_KEY = "canary-api-v3-key-of-32-bytes-01";
  private static final KeyPair KEYS = KeyText.newRsaKeyPair();

  @TempDir private Path directory;
  private Path config;
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void configure() throws IOException {
    config =
        Files.writeString(
            directory.resolve("paidonce.yaml"),
            """
            kafka: {bootstrapServers: '127.0.0.1:1'}
            shops: [{id: tea}]
            accounts:
              - protocol: wechat-v3
                id: '1900000001'
                shop: tea
                apiV3Keys: [%s]
                platformKeys: [{id: PUB_KEY_ID_1, pem: 'file:key.pem'}]
            """
                .formatted(API_KEY));
    Files.writeString(directory.resolve("key.pem"), KeyText.publicKeyPem(KEYS.getPublic()));
  }

  private static SignedCallback callback(String apiKey) {
    return new WechatV3Signer(
            KEYS.getPrivate(),
            "PUB_KEY_ID_1",
            Secret.of(apiKey),
            "1900000001",
            "wx1",
            new Random(1))
        .payment(new PaidNotice("n1", "4200001", "order-1", 1_200, "CNY", CAME), CAME);
  }

  private Path captured(SignedCallback callback, String afterBody) throws IOException {
    StringBuilder head = new StringBuilder("POST /callbacks/wechat-v3/1900000001 HTTP/1.1\r\n");
    callback
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    Path file =
        Files.writeString(
            directory.resolve("captured.http"),
            head + "\r\n" + new String(callback.body().bytes(), ISO_8859_1) + afterBody,
            ISO_8859_1);
    return Files.setLastModifiedTime(file, FileTime.from(CAME));
  }

  private int doctor(Path request, String... more) {
    CommandLine line = Launcher.commandLine();
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "doctor", "callback", "--config", config.toString(), "--request", request.toString()
        },
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return line.execute(arguments);
  }

  @Test
  void aGoodCallbackIsAcceptedAndItsFileSaysWhenItCame() throws IOException {
    assertThat(doctor(captured(callback(API_KEY), ""))).isZero();
    assertThat(said.toString())
        .contains("judged as of 2026-01-31T12:00:00Z", "accepted STORED", "PUB_KEY_ID_1");
  }

  @Test
  void aStaleOneIsRefusedWithItsAge() throws IOException {
    assertThat(doctor(captured(callback(API_KEY), ""), "--at", "2026-01-31T12:10:00Z"))
        .isEqualTo(Launcher.FAILED);
    assertThat(said.toString()).contains("refused STALE_TIMESTAMP", "600 s behind our clock");
  }

  @Test
  void aWrongApiKeyIsToldFromAWrongSignature() throws IOException {
    assertThat(doctor(captured(callback("canary-other-key-of-32-bytes-002"), "")))
        .isEqualTo(Launcher.FAILED);
    assertThat(said.toString())
        .contains("refused UNDECIPHERABLE", "the signature holds", "HTTP 503")
        .doesNotContain("canary");
  }

  @Test
  void aRewrittenBodyIsRecognised() throws IOException {
    assertThat(doctor(captured(callback(API_KEY), "\n"))).isEqualTo(Launcher.FAILED);
    assertThat(said.toString())
        .contains("refused SIGNATURE_MISMATCH", "without the line end behind it");
  }

  @Test
  void aPathThatNobodyServesIsNamedBesideThoseThatAre() throws IOException {
    Path file = captured(callback(API_KEY), "");
    Files.writeString(
        file,
        Files.readString(file, ISO_8859_1).replace("/1900000001 HTTP", "/1900000002 HTTP"),
        ISO_8859_1);
    assertThat(doctor(file)).isEqualTo(Launcher.FAILED);
    assertThat(said.toString())
        .contains("refused UNKNOWN_ACCOUNT", "/callbacks/wechat-v3/1900000001");
  }

  @Test
  void whatCantBeReadIsAMisuse() throws IOException {
    assertThat(doctor(directory.resolve("nothing.http"))).isEqualTo(Launcher.MISUSED);
    assertThat(doctor(Files.writeString(directory.resolve("x.http"), "{}")))
        .isEqualTo(Launcher.MISUSED);
    assertThat(said.toString()).contains("there is no file", "no empty line");
  }
}
