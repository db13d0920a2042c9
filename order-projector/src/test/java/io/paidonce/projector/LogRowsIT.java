package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.GatewayCounts;
import io.paidonce.contract.GatewayStatus;
import io.paidonce.contract.KeyEnd;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Witness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The tables that keep each record of a topic. */
@TestInstance(Lifecycle.PER_CLASS)
class LogRowsIT {

  private static final OrderKey ORDER = new OrderKey("s1", "o:1");
  private static final RecordCoordinates SOURCE = new RecordCoordinates("order-commands", 2, 5);

  private final Tables tables = TestStack.newReadStore();
  private Connection connection;

  @BeforeAll
  void open() throws SQLException {
    connection = tables.connect();
    connection.setAutoCommit(false);
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aCommandIsKeptWhereItStandsAndOnceHoweverOftenItIsApplied() throws SQLException {
    OrderCommand resolve =
        OrderCommand.resolve(ORDER, "e1", "it's \"settled\"; --", "c1", "ann", Story.NOW)
            .havingSeen(3)
            .expecting(7);
    apply(LogTables.commands(), 4, resolve);
    apply(LogTables.commands(), 4, resolve);
    apply(LogTables.commands(), 5, resolve);

    assertThat(
            tables.rows(
                "SELECT log_partition, log_offset, shop, order_no, command_id, kind, actor,"
                    + " amount_due_minor, expected_version, exception_id, exception_revision,"
                    + " reason, issued_at FROM order_commands ORDER BY 2"))
        .containsExactly(
            "1|4|s1|o:1|c1|RESOLVE|ann|null|7|e1|3|it's \"settled\"; --|" + Story.NOW,
            "1|5|s1|o:1|c1|RESOLVE|ann|null|7|e1|3|it's \"settled\"; --|" + Story.NOW);
  }

  @Test
  void ofAGatewayTheRecordThatStandsLastIsKept() throws SQLException {
    apply(new GatewayRows(), 5, status("pay-1:8080", Story.NOW, true));
    apply(new GatewayRows(), 6, status("pay-2:8080", Story.NOW, true));
    // Its clock went back, and its last record stands behind the first all the same.
    apply(new GatewayRows(), 7, status("pay-1:8080", Story.NOW.minusSeconds(90), false));
    apply(new GatewayRows(), 5, status("pay-1:8080", Story.NOW, true));

    assertThat(
            tables.rows(
                "SELECT instance, log_offset, running, at, status #>> '{sinceStart,stored}'"
                    + " FROM gateway_status ORDER BY 1"))
        .containsExactly(
            "pay-1:8080|7|f|" + Story.NOW.minusSeconds(90) + "|9",
            "pay-2:8080|6|t|" + Story.NOW + "|9");
  }

  private static GatewayStatus status(String instance, Instant at, boolean isRunning) {
    GatewayCounts counts = new GatewayCounts(9, 0, 0, 0, 0);
    return new GatewayStatus(
        1,
        instance,
        Story.NOW,
        at,
        isRunning,
        2,
        counts,
        counts,
        Map.of(),
        Story.NOW,
        null,
        List.of(new KeyEnd("wechat-v3", "1900000001", "k", Story.NOW)));
  }

  @Test
  void whatBecameOfACommandNamesTheRecordThatHeldIt() throws SQLException {
    apply(
        LogTables.outcomes(),
        1,
        CommandOutcome.of(
            OrderCommand.cancel(ORDER, "c2", "shop", Story.NOW),
            CommandResult.REFUSED,
            "refused: paid",
            Story.NOW,
            SOURCE));

    assertThat(
            tables.rows(
                "SELECT command_id, result, reason, source_topic, source_partition, source_offset"
                    + " FROM command_outcomes"))
        .containsExactly("c2|REFUSED|refused: paid|order-commands|2|5");
  }

  @Test
  void aProvidersAnswerIsADeliveryWithWhatItAnswers() throws SQLException {
    apply(
        LogTables.deliveries(),
        1,
        new PaymentNotification(
            PaymentNotification.SCHEMA,
            "wechat",
            "1900000001",
            "wechat-v3",
            "s1",
            "o:1",
            NotificationKind.OBSERVATION,
            "NOTPAY",
            null,
            "d1",
            Authentication.SIGNED,
            Witness.QUERY,
            Story.NOW,
            null,
            null,
            new Observation(
                "wechat", "1900000001", "query/o1", 2, Answer.UNPAID, "NOTPAY", Story.NOW),
            new Evidence("k1", Map.of(), RawBytes.of("{}".getBytes(UTF_8)))));

    assertThat(
            tables.rows(
                "SELECT kind, witness, key_id, transaction_id, request_id, attempt, answer, detail"
                    + " FROM deliveries"))
        .containsExactly("OBSERVATION|QUERY|k1|null|query/o1|2|UNPAID|NOTPAY");
  }

  @Test
  void aRequestIsKeptForEachAttempt() throws SQLException {
    apply(LogTables.requests(), 1, request(1));
    apply(LogTables.requests(), 2, request(2));

    assertThat(
            tables.rows(
                "SELECT request_id, attempt, kind, until FROM provider_requests ORDER BY 2"))
        .containsExactly("query/o1|1|QUERY|null", "query/o1|2|QUERY|null");
  }

  @Test
  void aDeadLetterSaysWhoseOrderItIsAboutWhereItsKeyDoes() throws SQLException {
    apply(LogTables.deadLetters(), 1, letter("order-commands", "s1:o:1".getBytes(UTF_8)));
    apply(LogTables.deadLetters(), 2, letter("payment-notifications", "s1:o1".getBytes(UTF_8)));
    apply(LogTables.deadLetters(), 3, letter("order-commands", new byte[] {'s', ':', (byte) 0xff}));
    apply(LogTables.deadLetters(), 4, letter("order-commands", "s\0:o".getBytes(UTF_8)));
    apply(LogTables.deadLetters(), 5, letter("order-commands", null));
    apply(
        LogTables.redrives(),
        1,
        new DeadLetterRedrive(
            1, new RecordCoordinates("dead-letters", 1, 1), SOURCE, "ann", "mended", 1, Story.NOW));

    assertThat(tables.rows("SELECT log_offset, shop, order_no FROM dead_letters ORDER BY 1"))
        .containsExactly("1|s1|o:1", "2|null|null", "3|null|null", "4|null|null", "5|null|null");
    assertThat(
            tables.rows(
                "SELECT l.reason, l.source_offset, r.actor FROM dead_letters l"
                    + " JOIN dead_letter_redrives r ON (l.log_partition, l.log_offset)"
                    + " = (r.letter_partition, r.letter_offset)"))
        .containsExactly("UNREADABLE_RECORD|5|ann");
  }

  @Test
  void aRefusedCallbackIsKeptWithItsExplanation() throws SQLException {
    apply(
        LogTables.rejections(),
        1,
        new RejectedCallback(
            1, "d1", "alipay", "2021", Rejection.UNKNOWN_KEY, "no key k9", "00", 3, Story.NOW));

    assertThat(tables.rows("SELECT account, rejection, explanation, body_bytes FROM rejections"))
        .containsExactly("2021|UNKNOWN_KEY|no key k9|3");
  }

  private static ProviderRequest request(int attempt) {
    return new ProviderRequest(
        1,
        "query/o1",
        RequestKind.QUERY,
        "s1",
        "o:1",
        "wechat",
        "1900000001",
        null,
        null,
        null,
        null,
        null,
        "not paid yet",
        attempt,
        1,
        Story.NOW,
        null);
  }

  private static DeadLetter letter(String topic, byte[] key) {
    return new DeadLetter(
        1,
        DeadLetterReason.UNREADABLE_RECORD,
        "kind is missing",
        SOURCE,
        topic,
        key == null ? null : RawBytes.of(key),
        Map.of(),
        null,
        Story.NOW);
  }

  private <V> void apply(TopicRows<V> rows, long offset, V value) throws SQLException {
    RecordCoordinates at = new RecordCoordinates(rows.topic().name(), 1, offset);
    assertThat(rows.write(connection, List.of(new Read<>(value, at)))).isEmpty();
    connection.commit();
  }
}
