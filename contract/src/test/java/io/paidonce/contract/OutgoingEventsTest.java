package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever tells downstream of an order says which event it is and which version of the order. */
class OutgoingEventsTest {

  /** What the ledger tells of orders: every order topic but those that it reads itself. */
  static Stream<Samples.Sample<?>> outgoing() {
    return Samples.all().stream()
        .filter(sample -> sample.topic().name().startsWith("order-"))
        .filter(
            sample ->
                !List.of(Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS).contains(sample.topic()));
  }

  static Stream<Samples.Sample<?>> all() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("outgoing")
  void anOutgoingRecordIsAnOrderEvent(Samples.Sample<?> sample) throws IOException {
    assertThat(sample.value()).isInstanceOf(OrderEvent.class);
    OrderEvent event = (OrderEvent) sample.value();
    assertThat(event.eventId()).startsWith(sample.topic().name() + "/" + event.order());
    var json = new JsonMapper().readTree(sample.json());
    assertThat(json.path("orderVersion").asLong(json.path("version").asLong()))
        .isEqualTo(event.orderVersion())
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRecordOfEveryTopicCarriesItsIdTypeAndTopic(Samples.Sample<?> sample) {
    var headers = sample.record(null).headers();
    assertThat(EventHeaders.text(headers, EventHeaders.ID)).isEqualTo("e1");
    assertThat(EventHeaders.text(headers, EventHeaders.TYPE)).isEqualTo(sample.topic().eventType());
    assertThat(EventHeaders.text(headers, EventHeaders.TOPIC)).isEqualTo(sample.topic().name());
  }
}
