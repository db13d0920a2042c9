package io.paidonce.launcher.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in of Vault's HTTP API: what is read, how often, and what is said instead. */
final class VaultSecretsTest {

  private static final String GOOD =
      "{\"request_id\":\"x\",\"data\":{\"data\":{\"a\":\"canary-a\",\"b\":\"canary-b\",\"n\":7},"
          + "\"metadata\":{\"version\":3}}}";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer vault;
  private volatile int status = 200;
  private volatile byte[] body = GOOD.getBytes(UTF_8);

  @BeforeEach
  void start() throws IOException {
    vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext("/", this::answer);
    vault.start();
    environment.put("VAULT_ADDR", "http://127.0.0.1:" + vault.getAddress().getPort() + "/");
    environment.put("VAULT_TOKEN", "canary-token");
  }

  @AfterEach
  void stop() {
    vault.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("X-Vault-Token")
            + " "
            + exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private VaultSecrets secrets() {
    return new VaultSecrets(environment, new FilesRead(), Duration.ofSeconds(5));
  }

  private String refused(String reference) {
    Throwable refusal = catchThrowable(() -> secrets().read(reference));
    assertThat(refusal).isInstanceOf(NoSecretException.class);
    assertThat(refusal.getMessage()).doesNotContain("canary");
    return refusal.getMessage();
  }

  @Test
  void aPathIsReadOnceForAllItsFieldsAndAnewByTheNextReading() throws Exception {
    VaultSecrets one = secrets();
    assertThat(one.read("secret/data/paidonce#a")).isEqualTo("canary-a");
    assertThat(one.read("secret/data/paidonce#b")).isEqualTo("canary-b");
    assertThat(asked).containsExactly("GET /v1/secret/data/paidonce canary-token null");
    body = GOOD.replace("canary-a", "canary-new").getBytes(UTF_8);
    assertThat(one.read("secret/data/paidonce#a")).isEqualTo("canary-a");
    assertThat(secrets().read("secret/data/paidonce#a")).isEqualTo("canary-new");
    assertThat(asked).hasSize(2);
  }

  @Test
  void theTokenMayBeAFileAndANamespaceIsNamed() throws Exception {
    environment.remove("VAULT_TOKEN");
    environment.put(
        "VAULT_TOKEN_FILE",
        Files.writeString(directory.resolve("token"), "from-a-file\n").toString());
    environment.put("VAULT_NAMESPACE", "shops/tea");
    FilesRead files = new FilesRead();
    assertThat(new VaultSecrets(environment, files).read("kv/data/x/y#a")).isEqualTo("canary-a");
    assertThat(asked).containsExactly("GET /v1/kv/data/x/y from-a-file shops/tea");
    assertThat(files.then().keySet()).containsExactly(directory.resolve("token").toAbsolutePath());
  }

  @Test
  void eachRefusalNamesThePathAndWhatToMend() {
    body = "{\"errors\":[\"canary\"]}".getBytes(UTF_8);
    status = 403;
    assertThat(refused("secret/data/x#a")).contains("secret/data/x", "HTTP 403", "policy");
    status = 404;
    assertThat(refused("secret/data/x#a")).contains("does not exist", "HTTP 404");
    status = 503;
    assertThat(refused("secret/data/x#a")).contains("sealed", "unseal");
    status = 400;
    assertThat(refused("secret/data/x#a")).contains("HTTP 400", "MOUNT/data/PATH");
    status = 500;
    assertThat(refused("secret/data/x#a")).contains("HTTP 500", "Vault's log");
    status = 301;
    assertThat(refused("secret/data/x#a")).contains("HTTP 301");
  }

  @Test
  void anAnswerThatHoldsNoSuchTextIsNamed() {
    assertThat(refused("secret/data/x#c")).contains("secret/data/x has no field c");
    assertThat(refused("secret/data/x#n")).contains("field n that is blank or no text");
    body = "{\"data\":{\"a\":\"canary\"}}".getBytes(UTF_8);
    assertThat(refused("secret/x#a")).contains("version 2 is needed");
    body = "<html>canary".getBytes(UTF_8);
    assertThat(refused("secret/data/x#a")).contains("no JSON");
    body = new byte[(1 << 20) + 1];
    assertThat(refused("secret/data/x#a")).contains("VAULT_ADDR");
  }

  @Test
  void aVaultThatIsAwayIsAskedOnce() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    environment.put("VAULT_ADDR", "http://127.0.0.1:" + port);
    assertThat(refused("secret/data/x#a")).contains("nothing listens at 127.0.0.1:" + port);
    try (ServerSocket silent = new ServerSocket(0)) {
      environment.put("VAULT_ADDR", "http://127.0.0.1:" + silent.getLocalPort());
      VaultSecrets slow = new VaultSecrets(environment, new FilesRead(), Duration.ofMillis(300));
      Throwable first = catchThrowable(() -> slow.read("secret/data/x#a"));
      assertThat(first).hasMessageContaining("within 300 ms");
      assertThat(catchThrowable(() -> slow.read("secret/data/y#a"))).isSameAs(first);
    }
  }

  @Test
  void whatCantBeAskedIsSaidBeforeAnythingIsSent() {
    assertThat(refused("paidonce#a")).contains("vault:MOUNT/data/PATH#FIELD");
    assertThat(refused("secret/data/../sys#a")).contains("vault:MOUNT/data/PATH#FIELD");
    assertThat(refused("secret/data/x")).contains("vault:MOUNT/data/PATH#FIELD");
    assertThat(refused("secret/data/x?version=1#a")).contains("vault:MOUNT/data/PATH#FIELD");
    environment.put("VAULT_TOKEN", "canary\nX-Other: 1");
    assertThat(refused("secret/data/x#a")).contains("VAULT_TOKEN holds what no header can carry");
    environment.put("VAULT_TOKEN", " ");
    assertThat(refused("secret/data/x#a")).contains("neither VAULT_TOKEN nor VAULT_TOKEN_FILE");
    environment.put("VAULT_TOKEN_FILE", directory.resolve("none").toString());
    assertThat(refused("secret/data/x#a")).contains("can't be read as a token");
    environment.put("VAULT_ADDR", "vault.example:8200");
    assertThat(refused("secret/data/x#a")).contains("VAULT_ADDR is no address");
    environment.remove("VAULT_ADDR");
    assertThat(refused("secret/data/x#a")).contains("VAULT_ADDR is not set");
    assertThat(asked).isEmpty();
  }

  @Test
  void aConfigurationNamesThePlaceOfWhatIsMissing() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("c.yaml"),
            """
            kafka: {bootstrapServers: 'vault:secret/data/kafka#${FIELD}'}
            """);
    environment.put("FIELD", "a");
    assertThat(ConfigFile.read(config, environment).kafka().orElseThrow().bootstrapServers())
        .isEqualTo("canary-a");
    environment.put("FIELD", "c");
    ConfigFile lacking = ConfigFile.read(config, environment);
    lacking.kafka();
    assertThat(catchThrowable(lacking::requireSound))
        .hasMessageContaining("kafka.bootstrapServers: Vault's secret/data/kafka has no field c")
        .message()
        .doesNotContain("canary");
  }
}
