package io.paidonce.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.quickstart.ThrowAwaySecrets;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every callback of {@code simulate callback}, against a receiver that judges by our protocols. */
final class SimulateCallbackCommandTest {

  private static final Map<String, Account> SERVED = new HashMap<>();

  @TempDir private static Path keys;
  @TempDir private Path directory;

  private final StringWriter said = new StringWriter();
  private final List<PaymentNotification> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeAll
  static void makeKeys() throws IOException {
    ThrowAwaySecrets.make(keys);
    Files.writeString(
        keys.resolve("doctor.yaml"),
        "kafka: {bootstrapServers: '127.0.0.1:1'}\n"
            + Files.readString(keys.resolve("accounts.yaml")));
    for (AccountConfig account :
        ConfigFile.read(keys.resolve("accounts.yaml"), Map.of()).accounts()) {
      SERVED.put(
          account.protocol() + "/" + account.id(),
          opened(Protocols.byId(account.protocol()).orElseThrow(), account));
    }
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::judge);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  /** As our gateway would, but for Kafka. */
  private void judge(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    CallbackProtocol<?> protocol = Protocols.byId(path[2]).orElseThrow();
    Verdict verdict = SERVED.get(path[2] + "/" + path[3]).receive(request(exchange));
    boolean authentic = verdict instanceof Verdict.Authentic;
    if (verdict instanceof Verdict.Authentic good) {
      received.addAll(good.notifications());
    }
    CallbackAnswer answer =
        authentic
            ? protocol.accepted()
            : protocol.declined(
                verdict instanceof Verdict.Refused refused
                    ? refused.rejection()
                    : Rejection.MALFORMED_REQUEST);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static CallbackRequest request(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      headers.put(CallbackRequest.QUERY, List.of(query));
    }
    return new CallbackRequest(
        headers,
        RawBytes.of(exchange.getRequestBody().readAllBytes()),
        Instant.now(),
        "a-delivery");
  }

  private static <C extends AccountConfig> Account opened(
      CallbackProtocol<C> protocol, AccountConfig config) {
    return protocol.open(protocol.configType().cast(config), Problems.none()).orElseThrow();
  }

  private int simulate(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("simulate", "callback", "--keys", keys.toString()));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private int run(List<String> arguments) {
    CommandLine line = Launcher.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  private String here() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }

  /** An account, what is told, and the kinds of notification that it is, in their order. */
  record Case(String account, List<String> options, String means) {
    static Case of(String account, String options, String means) {
      return new Case(account, List.of(options.split(" ")), means);
    }
  }

  static Stream<Case> everyProviderAndKind() {
    return Stream.of(
        Case.of("wechat-v3/1900000001", "--kind payment", "[PAYMENT]"),
        Case.of("wechat-v3/1900000001", "--kind refund", "[REFUND]"),
        Case.of("wechat-v3/1900000001", "--kind refund --status abnormal", "[REFUND]"),
        Case.of("wechat-v3/1900000001", "--kind combined", "[PAYMENT, PAYMENT]"),
        Case.of("wechat-v2/1900000001", "--kind payment", "[PAYMENT]"),
        Case.of("wechat-v2/1900000001", "--kind refund", "[REFUND]"),
        Case.of("alipay/2021000000000001", "--kind payment", "[PAYMENT]"),
        Case.of(
            "alipay/2021000000000001", "--kind refund --refund-amount 5.00", "[REFUND, PAYMENT]"),
        Case.of("alipay/2021000000000001", "--kind refund", "[REFUND, PAYMENT]"),
        Case.of("alipay/2021000000000001", "--kind closed", "[TRADE_CLOSED]"),
        Case.of("alipay/2021000000000001", "--kind finished", "[PAYMENT]"),
        Case.of("hmac/stripe-tea", "--kind payment --currency EUR", "[PAYMENT]"),
        Case.of("hmac/stripe-tea", "--kind refund --currency EUR", "[REFUND]"),
        Case.of("hmac/webhooks-tea", "--kind payment --currency EUR", "[PAYMENT]"),
        Case.of("hmac/webhooks-tea", "--kind refund --currency EUR", "[REFUND]"));
  }

  @ParameterizedTest
  @MethodSource("everyProviderAndKind")
  void aReceiverThatVerifiesAcceptsIt(Case told) {
    List<String> options = new ArrayList<>(List.of("--to", here(), "--account", told.account()));
    options.addAll(told.options());
    options.addAll(List.of("--order-no", "ORDER-1", "--amount", "34.50"));
    if (told.means().contains("PAYMENT, PAYMENT")) {
      options.addAll(List.of("--order-no", "ORDER-2"));
    }
    assertThat(simulate(options.toArray(String[]::new))).as(said.toString()).isZero();
    assertThat(received).extracting(PaymentNotification::kind).hasToString(told.means());
    assertThat(received.get(0).orderNo()).isEqualTo("ORDER-1");
    received.stream()
        .filter(n -> n.payment() != null)
        .forEach(n -> assertThat(n.payment().amountMinor()).isEqualTo(3_450));
    assertThat(said.toString()).contains("HTTP 200", "takes that as success");
  }

  @ParameterizedTest
  @MethodSource("everyProviderAndKind")
  void thePrintedRequestIsAcceptedByTheDoctor(Case told) {
    Path file = directory.resolve("captured.http");
    List<String> options = new ArrayList<>(List.of("--account", told.account()));
    options.addAll(told.options());
    options.add("--print=" + file);
    assertThat(simulate(options.toArray(String[]::new))).as(said.toString()).isZero();
    assertThat(
            run(
                List.of(
                    "doctor",
                    "callback",
                    "--config",
                    keys.resolve("doctor.yaml").toString(),
                    "--request",
                    file.toString())))
        .as(said.toString())
        .isZero();
    assertThat(said.toString()).contains("accepted STORED").doesNotContain("note: ");
    assertThat(received).isEmpty();
  }

  static Stream<Case> everyProviderTampered() {
    return Stream.of(
        Case.of("wechat-v3/1900000001", "--tamper flipped_byte", ""),
        Case.of("wechat-v3/1900000001", "--tamper altered_amount", ""),
        Case.of("wechat-v3/1900000001", "--tamper probe", ""),
        Case.of("wechat-v2/1900000001", "--tamper flipped_byte", ""),
        Case.of("wechat-v2/1900000001", "--tamper altered_amount", ""),
        Case.of("alipay/2021000000000001", "--tamper flipped_byte", ""),
        Case.of("alipay/2021000000000001", "--tamper altered_amount", ""),
        Case.of("hmac/stripe-tea", "--tamper flipped_byte", ""),
        Case.of("hmac/webhooks-tea", "--tamper altered_amount", ""));
  }

  @ParameterizedTest
  @MethodSource("everyProviderTampered")
  void whatIsTamperedWithMustBeRefused(Case told) {
    String[] options = {
      "--to", here(), "--account", told.account(), told.options().get(0), told.options().get(1)
    };
    assertThat(simulate(options)).as(said.toString()).isZero();
    assertThat(received).isEmpty();
    assertThat(said.toString()).contains("not accepted, as it must be", "It would send again");
  }

  @Test
  void aReceiverThatBelievesForgeriesIsToldSo() {
    receiver.removeContext("/");
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    assertThat(simulate("--to", here(), "--account", "wechat-v3/1900000001", "--tamper", "probe"))
        .isEqualTo(Launcher.FAILED);
    assertThat(said.toString()).contains("believes forgeries");
  }

  @Test
  void repeatsAreTheSameNoticeSignedAnew() {
    assertThat(simulate("--to", here(), "--account", "wechat-v3/1900000001", "--repeat", "3"))
        .isZero();
    assertThat(received).hasSize(3);
    assertThat(received)
        .extracting(PaymentNotification::notificationId)
        .containsOnly(received.get(0).notificationId());
    assertThat(received).extracting(n -> n.evidence().body()).doesNotHaveDuplicates();
  }

  @Test
  void aStatusThatTheProviderDoesNotTakeIsAFailureAndSaysWhatItTakes() {
    receiver.removeContext("/");
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("OK!\n".getBytes(UTF_8));
          exchange.close();
        });
    assertThat(simulate("--to", here() + "/pay/notify", "--account", "alipay/2021000000000001"))
        .isEqualTo(Launcher.FAILED);
    assertThat(said.toString())
        .contains("/pay/notify", "4 bytes: OK!", "the seven bytes success", "7 times within 24 h");
  }

  @Test
  void aStaleOneIsSentAsWished() {
    assertThat(
            simulate(
                "--to",
                here(),
                "--account",
                "wechat-v3/1900000001",
                "--at",
                "2026-01-31T12:00:00Z"))
        .isEqualTo(Launcher.FAILED);
    assertThat(said.toString()).contains("HTTP 401");
  }

  @Test
  void whoCantBeReachedIsNamedWithWhatToMend() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    String[] account = {"--account", "wechat-v3/1900000001", "--to"};
    assertThat(simulate(account[0], account[1], account[2], "http://127.0.0.1:" + closed))
        .isEqualTo(Launcher.MISUSED);
    assertThat(simulate(account[0], account[1], account[2], "http://no-such-host.invalid/x"))
        .isEqualTo(Launcher.MISUSED);
    assertThat(
            simulate(account[0], account[1], account[2], "https://127.0.0.1:" + answersPlainly()))
        .isEqualTo(Launcher.MISUSED);
    assertThat(said.toString())
        .contains(
            "nothing listens at 127.0.0.1:" + closed,
            "the host no-such-host.invalid is not known here",
            "speaks no TLS there: write http://",
            "Nothing was sent.");
  }

  /** Where something that knows no TLS answers, as a web server does to what it can't read. */
  private static int answersPlainly() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (server;
                  Socket accepted = server.accept()) {
                // Before it has come, nobody can tell that it can't be read.
                assertThat(accepted.getInputStream().read()).isNotNegative();
                accepted.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(UTF_8));
                // Closed with bytes unread, the connection would be reset before that is seen.
                accepted.getInputStream().readAllBytes();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  @Test
  void whatCantBeToldIsAMisuse() {
    String[][] misuses = {
      {"--account", "wechat-v3/1900000001", "--kind", "closed"},
      {"--account", "alipay/2021000000000001", "--kind", "refund", "--status", "abnormal"},
      {"--account", "alipay/2021000000000001", "--tamper", "probe"},
      {"--account", "wechat-v2/1900000001", "--kind", "refund", "--tamper", "flipped_byte"},
      {"--account", "wechat-v3/1"},
      {},
      {"--account", "hmac/stripe-tea", "--kind", "refund", "--refund-amount", "12.01"},
      {"--account", "hmac/stripe-tea", "--to", "shop.example/x"},
      {"--account", "hmac/stripe-tea", "--repeat", "0"},
    };
    for (String[] misuse : misuses) {
      assertThat(simulate(misuse)).as(String.join(" ", misuse)).isEqualTo(Launcher.MISUSED);
    }
    assertThat(said.toString())
        .contains(
            "does not tell that a trade is closed",
            "only of refunds that succeeded",
            "only WeChat Pay's v3 callbacks are probes",
            "does not sign such a notice",
            "there is no account wechat-v3/1; configured are wechat-v3/1900000001",
            "name an account with --account",
            "does not fit a payment of 12.00",
            "--to must be an address");
    assertThat(received).isEmpty();
  }

  @Test
  void aKeyThatIsNobodysIsToldSoAndOneThatIsMissingToo() throws IOException {
    String config = keys.resolve("accounts.yaml").toString();
    assertThat(
            run(
                List.of(
                    "simulate",
                    "callback",
                    "--config",
                    config,
                    "--account",
                    "wechat-v3/1900000001",
                    "--signing-key",
                    keys.resolve("1900000002.pem").toString())))
        .isEqualTo(Launcher.MISUSED);
    assertThat(
            run(
                List.of(
                    "simulate",
                    "callback",
                    "--config",
                    config,
                    "--account",
                    "alipay/2021000000000001")))
        .isEqualTo(Launcher.MISUSED);
    assertThat(said.toString())
        .contains("the private half of none of account 1900000001's platformKeys")
        .contains("signed for with a key that only its provider has", "--signing-key FILE")
        .doesNotContain(Files.readString(keys.resolve("1900000001.apiv3.txt")).strip());
  }
}
