package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person must decide comes out of the topology, once, and the person's word goes in. */
class ExceptionKindsTest {

  private static final OrderKey ORDER = new OrderKey("s1", "o1");
  private static final PaymentPolicy PARTS = new PaymentPolicy(true, LatePayment.REVIEW);

  @TempDir private Path stateDir;
  private RocksDbMemory memory;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    memory = new RocksDbMemory(32);
    DedupStreamsConfig config =
        new DedupStreamsConfig(
            "unused:9092", "test", stateDir.toString(), 1, 1, 0, null, 32, null, null);
    StreamsMetrics metrics = new StreamsMetrics(new SimpleMeterRegistry());
    Properties settings = Settings.of(config, memory, metrics);
    driver = new TopologyTestDriver(Given.topology(settings, metrics), settings, Given.NOW);
  }

  @AfterEach
  void stop() {
    driver.close();
    memory.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachKindIsOpenedOnceAndResolvedByAPerson(ExceptionKind kind) throws Exception {
    List<ProducerRecord<byte[], byte[]>> traffic = trafficThatOpens(kind);
    traffic.forEach(this::send);
    // Whatever comes again opens nothing again.
    traffic.forEach(this::send);
    List<ExceptionCase> cases =
        values(Topics.PAYMENT_EXCEPTIONS).stream().filter(one -> one.kind() == kind).toList();
    // Intake counts how often a provider contradicts itself.
    assertThat(cases).hasSize(kind == ExceptionKind.CONFLICTING_NOTIFICATION ? 2 : 1);
    ExceptionCase opened = cases.get(cases.size() - 1);
    assertThat(opened.state()).isEqualTo(ExceptionState.OPEN);
    assertThat(opened.suggestedAction()).isEqualTo(kind.suggestedAction());
    assertThat(opened.evidence()).isNotEmpty();

    send(
        Given.command(
            OrderCommand.resolve(
                    ORDER, opened.exceptionId(), "looked into it", "r1", "ann", Given.NOW)
                .havingSeen(opened.revision())));

    ExceptionCase resolved = values(Topics.PAYMENT_EXCEPTIONS).get(0);
    assertThat(resolved.exceptionId()).isEqualTo(opened.exceptionId());
    assertThat(resolved.state()).isEqualTo(ExceptionState.RESOLVED);
    assertThat(resolved.revision()).isEqualTo(opened.revision() + 1);
    assertThat(resolved.evidence())
        .containsEntry("resolvedBy", "ann")
        .containsEntry("resolution", "looked into it");
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
  }

  private static List<ProducerRecord<byte[], byte[]>> trafficThatOpens(ExceptionKind kind) {
    ProducerRecord<byte[], byte[]> placed = Given.placed("o1", 1200);
    ProducerRecord<byte[], byte[]> paid = Given.paid("t1", "o1", 1200);
    return switch (kind) {
      case UNKNOWN_ORDER -> List.of(paid);
      case AMOUNT_MISMATCH -> List.of(placed, Given.paid("t1", "o1", 1300));
      case CURRENCY_MISMATCH -> List.of(placed, Given.paid("t1", "o1", "USD", "a1"));
      case PAYEE_MISMATCH -> List.of(placed, Given.paid("t1", "o1", "CNY", "another"));
      case OVERPAYMENT -> List.of(placed(PARTS), Given.paid("t1", "o1", 1300));
      case UNDERPAID ->
          List.of(
              placed(PARTS),
              Given.paid("t1", "o1", 500),
              Given.paid("t2", "o1", 700),
              Given.refunded("t2", "r1", "o1", 700));
      case DOUBLE_PAYMENT -> List.of(placed, paid, Given.paid("t2", "o1", 1200));
      case LATE_PAYMENT -> List.of(placed, Given.cancelled("o1"), paid);
      case REFUND_WITHOUT_PAYMENT -> List.of(placed, Given.refunded("t1", "r1", "o1", 500));
      case REFUND_EXCEEDS_PAYMENT -> List.of(placed, paid, Given.refunded("t1", "r1", "o1", 1300));
      case REFUND_MISMATCH ->
          List.of(placed, paid, Given.refund(RefundOutcome.SUCCEEDED, "USD", "o1"));
      case REFUND_ABNORMAL ->
          List.of(placed, paid, Given.refund(RefundOutcome.ABNORMAL, "CNY", "o1"));
      case REFUND_CLOSED -> List.of(placed, paid, Given.refund(RefundOutcome.CLOSED, "CNY", "o1"));
      case CONFLICTING_NOTIFICATION -> List.of(placed, paid, Given.paid("t1", "o1", 1300));
      case COMMAND_REFUSED -> List.of(Given.cancelled("o1"));
    };
  }

  @Test
  void theRefundOfLateMoneyIsAskedForOnce() throws Exception {
    List<ProducerRecord<byte[], byte[]>> traffic =
        List.of(
            placed(new PaymentPolicy(false, LatePayment.REFUND)),
            Given.cancelled("o1"),
            Given.paid("t1", "o1", 1200));
    traffic.forEach(this::send);
    traffic.forEach(this::send);

    assertThat(values(Topics.PROVIDER_REQUESTS))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.order()).isEqualTo(ORDER);
              assertThat(request.transactionId()).isEqualTo("t1");
              assertThat(request.amountMinor()).isEqualTo(1200);
              assertThat(request.refundNo()).matches("[0-9A-Za-z_-]{1,64}");
            })
        .extracting(ProviderRequest::requestId)
        .asString()
        .startsWith("refund/");
    assertThat(values(Topics.ORDER_PAID)).isEmpty();
  }

  @Test
  void whereAShopReopensLateMoneyPaysAfterAll() throws Exception {
    send(placed(new PaymentPolicy(false, LatePayment.REOPEN)));
    send(Given.cancelled("o1"));
    send(Given.paid("t1", "o1", 1200));

    assertThat(values(Topics.ORDER_CANCELLED))
        .singleElement()
        .satisfies(cancelled -> assertThat(cancelled.orderVersion()).isEqualTo(2));
    assertThat(values(Topics.ORDER_PAID))
        .singleElement()
        .satisfies(paid -> assertThat(paid.orderVersion()).isEqualTo(3));
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
  }

  private static ProducerRecord<byte[], byte[]> placed(PaymentPolicy policy) {
    return Given.command(
        OrderCommand.place(ORDER, Money.of(1200, "CNY"), policy, "place", "shop", Given.NOW));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), Given.NOW));
  }

  private <V> List<V> values(Topic<V> topic) throws UnreadableRecordException {
    List<V> values = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record :
        driver
            .createOutputTopic(
                topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      values.add(topic.read(record.headers(), record.value()));
    }
    return values;
  }
}
