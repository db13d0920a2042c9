package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One handling taken out of production code: a text of a source file and what stands in its place.
 * The file is compiled anew, and a process finds its classes before the real ones. Production code
 * has no switch for it.
 */
enum Mutation {
  ACKS_OF_ONE_BROKER(
      "ingest-gateway",
      "gateway/ProducerSettings",
      """
          settings.put(ProducerConfig.ACKS_CONFIG, "all");
      """,
      """
          settings.put(ProducerConfig.ACKS_CONFIG, "1");
      """),
  // The client refuses idempotence with fewer acks.
  WITHOUT_IDEMPOTENCE(
      "ingest-gateway",
      "gateway/ProducerSettings",
      "ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true",
      "ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false"),
  ANSWER_BEFORE_STORING(
      "ingest-gateway",
      "gateway/CallbackHandler",
      """
          publisher
              .publish(records, exchange::isAnswered)
      """,
      """
          answer(callback, outcome, callback.protocol().accepted());
          publisher
              .publish(records, () -> false)
      """),
  AT_LEAST_ONCE(
      "dedup-streams",
      "streams/Settings",
      "PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2",
      "PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE"),
  // As such applications run: offsets are stored a while after the records they stand for.
  COMMITS_EACH_SECOND(
      "dedup-streams",
      "streams/Settings",
      "COMMIT_INTERVAL_MS_CONFIG, 50",
      "COMMIT_INTERVAL_MS_CONFIG, 1_000"),
  INTAKE_WITHOUT_MEMORY(
      "dedup-streams",
      "streams/IntakeNotifications",
      "NotificationReceipt known = Receipts.read(RECEIPTS, memory.find(identity), identity);",
      "NotificationReceipt known = null;"),
  // Defects as they are shipped: some of the records can't be processed, whenever they come.
  INTAKE_WITH_A_DEFECT(
      "dedup-streams",
      "streams/IntakeNotifications",
      "Reception<NotificationReceipt> reception = Intake.receive(known, notification, at);",
      """
          if (identity.hashCode() % 7 == 0) {
            throw new IllegalStateException("a defect");
          }
          Reception<NotificationReceipt> reception = Intake.receive(known, notification, at);
      """),
  LEDGER_WITH_A_DEFECT(
      "dedup-streams",
      "streams/LedgerProcessor",
      "Decision decision = Ledgers.apply(before, input);",
      """
          if (input.inputId().hashCode() % 7 == 0) {
            throw new IllegalStateException("a defect");
          }
          Decision decision = Ledgers.apply(before, input);
      """),
  LEDGER_WITHOUT_MEMORY(
      "ledger",
      "ledger/Ledgers",
      "PaymentFact known = before.payment(payment.transaction());",
      "PaymentFact known = null;"),
  LATE_MONEY_REOPENS_EVERY_ORDER(
      "ledger",
      "ledger/Ledgers",
      """
          return requireNonNull(order.terms(), "terms").policy().latePayment() == LatePayment.REOPEN;
      """,
      """
          return true;
      """),
  // A build from before there was anything to compare it by.
  WITHOUT_FOLD("launcher", "launcher/Launcher", "FoldCommand.class,", ""),
  PROJECTOR_READS_UNCOMMITTED(
      "order-projector",
      "projector/KafkaClients",
      "ConsumerConfig.ISOLATION_LEVEL_CONFIG, \"read_committed\"",
      "ConsumerConfig.ISOLATION_LEVEL_CONFIG, \"read_uncommitted\""),
  OFFSETS_BEFORE_ROWS(
      "order-projector",
      "projector/BatchWriter",
      """
          List<Refusal> refusals = new ArrayList<>(batch.unreadable());
      """,
      """
          connection.commit();
          List<Refusal> refusals = new ArrayList<>(batch.unreadable());
      """);

  private final String module;
  private final String source;
  private final String text;
  private final String replacement;

  Mutation(String module, String source, String text, String replacement) {
    this.module = module;
    this.source = source;
    this.text = text;
    this.replacement = replacement;
  }

  /** Returns a directory with the changed classes; of one source file, several at once. */
  static Path compiled(Mutation... mutations) {
    Mutation first = mutations[0];
    String file = "io/paidonce/" + first.source + ".java";
    try {
      String changed =
          Files.readString(Path.of("..", first.module, "src", "main", "java").resolve(file));
      for (Mutation mutation : mutations) {
        assertThat(mutation.source).isEqualTo(first.source);
        changed = mutation.applied(changed);
      }
      Path directory = TargetDirectory.fresh("mutants/" + first.name());
      Path source = directory.resolve(file);
      Files.createDirectories(source.getParent());
      Files.writeString(source, changed);
      compile(source, directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String applied(String code) {
    assertThat(code.split(Pattern.quote(text), -1))
        .as("%s: %s holds its text once; was the code changed?", this, source)
        .hasSize(2);
    return code.replace(text, replacement);
  }

  private static void compile(Path source, Path directory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-d",
                      directory.toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "--release",
                      "17",
                      "-parameters",
                      "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(done).as(complaints.toString()).isTrue();
    }
  }
}
