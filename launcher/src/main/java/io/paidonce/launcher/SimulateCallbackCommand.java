package io.paidonce.launcher;

import io.paidonce.contract.Money;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.http.BoundedHttp;
import io.paidonce.launcher.simulate.Delivery;
import io.paidonce.launcher.simulate.NoticeKind;
import io.paidonce.launcher.simulate.SigningAccount;
import io.paidonce.launcher.simulate.Told;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Problems;
import io.paidonce.providers.RandomText;
import io.paidonce.providers.RsaPrivateKeys;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Disguise;
import io.paidonce.simulator.OutgoingCallback;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends one correct callback of any provider to any address. */
@Command(
    name = "callback",
    description = {
      "Sends one correctly signed callback of any provider to any URL, prints the answer, and says"
          + " whether the provider would call it success.",
      "Its keys are those of simulate keys (--keys), or a configuration's (--config): the secret of"
          + " both sides where it signs, else the private key of --signing-key. Without either, the"
          + " running quickstart's.",
      "Exit code 0: every answer was what it should be, success to what is correct and none to what"
          + " was tampered with. 1: one was not. 2: nothing was sent; what to mend is said."
    },
    mixinStandardHelpOptions = true)
final class SimulateCallbackCommand implements Callable<Integer> {

  private static final int MOST_REPEATS = 10_000;
  private static final int LONGEST_ANSWER_BYTES = 1 << 16;
  private static final int MOST_NAMED = 20;
  private static final String TO_STANDARD_OUTPUT = "-";
  private static final DateTimeFormatter ORDER_NO =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration; of it only shops and accounts are read.")
  private @Nullable Path config;

  @Option(
      names = "--keys",
      paramLabel = "DIRECTORY",
      description = "What simulate keys has made, in place of --config and --signing-key.")
  private @Nullable Path keys;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "The provider's private key (PKCS#8, PEM) whose public half is configured.")
  private @Nullable Path signingKey;

  @Option(
      names = "--account",
      paramLabel = "PROTOCOL/ID",
      description = "Such as wechat-v3/1900000001. May be left out where there is one only.")
  private @Nullable String account;

  @Option(
      names = "--to",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description =
          "Where it is posted. Without a path, to /callbacks/PROTOCOL/ID as our gateway has it."
              + " Default: ${DEFAULT-VALUE}.")
  private URI to = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--kind",
      defaultValue = "PAYMENT",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private NoticeKind kind = NoticeKind.PAYMENT;

  @Option(
      names = "--amount",
      defaultValue = "12.00",
      description = "What was paid, in major units. Default: ${DEFAULT-VALUE}.")
  private String amount = "";

  @Option(names = "--currency", defaultValue = "CNY", description = "Default: ${DEFAULT-VALUE}.")
  private String currency = "";

  @Option(
      names = "--order-no",
      paramLabel = "NO",
      description = "out_trade_no. Several times for --kind combined. Default: a new one.")
  private @Nullable List<String> orderNos;

  @Option(
      names = "--transaction-id",
      paramLabel = "ID",
      description = "The provider's id of the payment. Default: a new one.")
  private @Nullable String transactionId;

  @Option(
      names = "--notification-id",
      paramLabel = "ID",
      description = "The provider's id of the notice. Default: a new one.")
  private @Nullable String notificationId;

  @Option(
      names = "--refund-amount",
      paramLabel = "AMOUNT",
      description = "What this refund returns. Default: all that was paid.")
  private @Nullable String refundAmount;

  @Option(
      names = "--refunded-total",
      paramLabel = "AMOUNT",
      description = "What all refunds have returned by then. Default: what this one returns.")
  private @Nullable String refundedTotal;

  @Option(names = "--refund-id", paramLabel = "ID", description = "Default: a new one.")
  private @Nullable String refundId;

  @Option(
      names = "--refund-no",
      paramLabel = "NO",
      description = "out_refund_no. Default: a new one.")
  private @Nullable String refundNo;

  @Option(
      names = "--status",
      defaultValue = "SUCCEEDED",
      description =
          "What became of the refund: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private RefundOutcome status = RefundOutcome.SUCCEEDED;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "The provider's clock when it sends, such as 2026-01-31T12:00:00Z, to see a stale one"
              + " refused. Default: now.")
  private @Nullable Instant at;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often the same notice is sent, signed anew each time. Default: 1.")
  private int repeat = 1;

  @Option(
      names = "--tamper",
      paramLabel = "KIND",
      description =
          "Makes it wrong in a way that every receiver must notice: FLIPPED_BYTE, ALTERED_AMOUNT,"
              + " PROBE (WeChat Pay's own test with a wrong signature).")
  private @Nullable Disguise tamper;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long an answer may take. Default: 5, as WeChat Pay waits.")
  private int timeoutSeconds = 5;

  @Option(
      names = "--print",
      arity = "0..1",
      fallbackValue = TO_STANDARD_OUTPUT,
      paramLabel = "FILE",
      description =
          "Writes the HTTP request to a file, or to standard output, and sends nothing; doctor"
              + " callback --request reads it.")
  private @Nullable Path print;

  @Override
  public Integer call() throws Exception {
    requireRanges();
    Instant first = sentAt();
    AccountConfig configured = chosen();
    SigningAccount signing = SigningAccount.of(configured, privateKey(configured), random, first);
    Told told = told(configured, first);
    URI target = target(signing);
    if (print != null) {
      write(OutgoingCallback.to(target, signing.sign(told, disguise(), first)), print);
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        configured.protocol()
            + "/"
            + configured.id()
            + ": "
            + told.line()
            + (tamper == null ? "" : ", tampered with: " + tamper));
    out.println("POST " + target);
    return deliver(signing, told, target, out);
  }

  private int deliver(SigningAccount signing, Told told, URI target, PrintWriter out)
      throws InterruptedException {
    Delivery delivery =
        new Delivery(
            signing, new BoundedHttp(Duration.ofSeconds(timeoutSeconds), LONGEST_ANSWER_BYTES));
    int wrong = 0;
    for (int i = 1; i <= repeat; i++) {
      SignedCallback callback = signing.sign(told, disguise(), sentAt());
      Delivery.Outcome outcome = delivery.send(OutgoingCallback.to(target, callback));
      out.println((repeat == 1 ? "" : i + "/" + repeat + " ") + outcome.line());
      out.flush();
      if (!outcome.sent()) {
        return Launcher.MISUSED;
      }
      wrong += outcome.taken() == (disguise() == Disguise.NONE) ? 0 : 1;
    }
    if (disguise() != Disguise.NONE) {
      out.println(
          wrong == 0
              ? "It was tampered with and not accepted, as it must be."
              : "It was tampered with and accepted: this receiver believes forgeries.");
    }
    return wrong == 0 ? 0 : Launcher.FAILED;
  }

  private void requireRanges() {
    if (repeat < 1 || repeat > MOST_REPEATS) {
      throw new IllegalArgumentException("--repeat must be 1 to " + MOST_REPEATS);
    }
    if (timeoutSeconds < 1 || timeoutSeconds > 300) {
      throw new IllegalArgumentException("--timeout must be 1 to 300 seconds");
    }
    if (keys != null && (config != null || signingKey != null)) {
      throw new IllegalArgumentException(
          "--keys brings its own configuration and keys; leave --config and --signing-key out");
    }
  }

  private Disguise disguise() {
    return tamper == null ? Disguise.NONE : tamper;
  }

  private Instant sentAt() {
    return at != null ? at : clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private URI target(SigningAccount signing) {
    String scheme = String.valueOf(to.getScheme());
    if (to.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "--to must be an address such as https://shop.example/notify; it is " + to);
    }
    boolean bare = to.getRawPath().isEmpty() || to.getRawPath().equals("/");
    return bare && to.getRawQuery() == null ? to.resolve(signing.callbackPath()) : to;
  }

  /** Where keys are: named, or the running quickstart's; empty with --config. */
  private Optional<Path> keyDirectory() {
    if (keys != null || config != null) {
      return Optional.ofNullable(keys);
    }
    Path ofQuickstart = Home.find().quickstart().resolve("keys");
    if (!Files.isDirectory(ofQuickstart)) {
      throw new IllegalArgumentException(
          "name keys: --keys DIRECTORY (paidonce simulate keys makes them), or --config FILE and,"
              + " for wechat-v3 and alipay, --signing-key FILE");
    }
    return Optional.of(ofQuickstart);
  }

  private AccountConfig chosen() {
    Path file = keyDirectory().map(d -> d.resolve("accounts.yaml")).orElse(config);
    ConfigFile read = ConfigFile.read(Objects.requireNonNull(file), System.getenv());
    List<AccountConfig> accounts = read.accounts();
    read.requireSound();
    List<AccountConfig> named =
        accounts.stream()
            .filter(a -> account == null || (a.protocol() + "/" + a.id()).equals(account))
            .toList();
    if (named.size() == 1) {
      return named.get(0);
    }
    List<String> known =
        accounts.stream().limit(MOST_NAMED).map(a -> a.protocol() + "/" + a.id()).toList();
    throw new IllegalArgumentException(
        (account == null ? "name an account with --account" : "there is no account " + account)
            + "; configured are "
            + String.join(", ", known)
            + (accounts.size() > MOST_NAMED ? ", …" : ""));
  }

  private Optional<PrivateKey> privateKey(AccountConfig configured) throws IOException {
    Path file = signingKey;
    if (file == null) {
      file = keyDirectory().map(d -> d.resolve(configured.id() + ".pem")).orElse(null);
      if (file == null || !Files.exists(file)) {
        return Optional.empty();
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    Problems problems = Problems.none();
    Optional<PrivateKey> key =
        RsaPrivateKeys.read(Secret.of(Files.readString(file)), problems.in(file.toString()));
    return Optional.of(
        key.orElseThrow(() -> new IllegalArgumentException(String.join("\n", problems.lines()))));
  }

  private Told told(AccountConfig configured, Instant now) {
    Money paid = Money.parseMajor(amount, currency);
    Money refunded = refundAmount == null ? paid : Money.parseMajor(refundAmount, currency);
    List<String> orders = orderNos == null ? List.of(newOrderNo(now)) : orderNos;
    return new Told(
        kind,
        or(notificationId, UUID.randomUUID().toString()),
        or(transactionId, digitsOr(configured, now, "pay_")),
        kind == NoticeKind.COMBINED && orderNos == null
            ? List.of(orders.get(0) + "1", orders.get(0) + "2")
            : orders,
        paid,
        now,
        or(refundId, digitsOr(configured, now, "re_")),
        or(refundNo, "R" + newOrderNo(now)),
        status,
        refunded,
        refundedTotal == null ? refunded : Money.parseMajor(refundedTotal, currency));
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private String newOrderNo(Instant now) {
    return "SIM" + ORDER_NO.format(now) + digits(5);
  }

  // The two networks number with 28 digits, others with letters.
  private String digitsOr(AccountConfig configured, Instant now, String prefix) {
    return configured.protocol().equals("hmac")
        ? prefix + RandomText.alphanumeric(random, 24)
        : ORDER_NO.format(now) + digits(14);
  }

  private String digits(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  private void write(OutgoingCallback callback, Path file) throws IOException {
    byte[] request = callback.http11().bytes();
    if (!file.toString().equals(TO_STANDARD_OUTPUT)) {
      Files.write(file, request);
      spec.commandLine().getOut().println("Written to " + file + "; nothing was sent.");
      return;
    }
    // Bytes, not text: a terminal's charset must not touch what was signed.
    OutputStream raw = System.out;
    raw.write(request);
    raw.flush();
  }
}
