package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What follows from every outcome at every step: of which request, what was asked. A dot is an
 * answer; {@code !} is asked at once, {@code ~} after a while with this as the answer if nothing
 * better comes, {@code ?} after a while.
 */
class NextTest {

  private record Column(RequestKind kind, Step asked) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column(RequestKind.QUERY, Step.QUERY_ORDER),
          new Column(RequestKind.CLOSE, Step.CLOSE),
          new Column(RequestKind.CLOSE, Step.QUERY_ORDER),
          new Column(RequestKind.REFUND, Step.REFUND),
          new Column(RequestKind.REFUND, Step.QUERY_REFUND),
          new Column(RequestKind.QUERY_REFUND, Step.QUERY_REFUND));

  private static final String EXPECTED =
      """
                               QUERY  CLOSE  CLOSE  REFUND        REFUND        QUERY_REFUND
                               query  close  query  refund        refund-query  refund-query
      PAID                     .      !query .      .             .             .
      PAID_AND_REFUNDED        .      !query .      .             .             .
      UNPAID                   .      !query ~close ~refund-query ~refund-query .
      PAYING                   .      !query ~close ~refund-query ~refund-query .
      PAY_FAILED               .      !query ~close ~refund-query ~refund-query .
      CLOSED                   .      !query .      ~refund-query ~refund-query .
      NOT_FOUND                .      !query .      .             ?refund       .
      CLOSE_ACCEPTED           .      !query .      ~refund-query ~refund-query .
      REFUND_PENDING           .      !query .      ~refund-query ~refund-query .
      REFUND_SETTLED           .      !query .      .             .             .
      UNCLEAR                  .      !query .      ~refund-query ~refund-query .
      refused:NOT_FOUND        .      !query .      .             ?refund       .
      refused:ALREADY_PAID     .      !query .      .             .             .
      refused:ALREADY_CLOSED   .      !query .      .             .             .
      refused:WRONG_STATE      .      !query .      .             .             .
      refused:NOT_ENOUGH_FUNDS .      !query .      .             .             .
      refused:NOT_PERMITTED    .      !query .      .             .             .
      refused:OTHER            .      !query .      .             .             .
      NOT_SENT                 ?query ?close ?query ?refund       ?refund-query ?refund-query
      TIMED_OUT                ?query !query ?query ?refund-query ?refund-query ?refund-query
      BROKEN                   ?query !query ?query ?refund-query ?refund-query ?refund-query
      SERVER_ERROR             ?query !query ?query ?refund-query ?refund-query ?refund-query
      THROTTLED                ?query ?close ?query ?refund       ?refund-query ?refund-query
      PROBE                    ?query ?close ?query ?refund       ?refund-query ?refund-query
      UNKNOWN_KEY              ?query !query ?query ?refund-query ?refund-query ?refund-query
      UNVERIFIED               ?query !query ?query ?refund-query ?refund-query ?refund-query
      ANOTHER_SUBJECT          ?query !query ?query ?refund-query ?refund-query ?refund-query
      UNREADABLE               ?query !query ?query ?refund-query ?refund-query ?refund-query
      TOO_LARGE                ?query !query ?query ?refund-query ?refund-query ?refund-query
      UNEXPECTED_STATUS        ?query !query ?query ?refund-query ?refund-query ?refund-query
      """;

  @Test
  void everyOutcomeAtEveryStep() {
    assertThat(outcomes().stream().map(NextTest::row))
        .containsExactlyElementsOf(EXPECTED.lines().skip(2).map(NextTest::squeezed).toList());
  }

  private static String row(Outcome outcome) {
    return name(outcome)
        + COLUMNS.stream()
            .map(column -> cell(Next.after(column.kind(), column.asked(), outcome)))
            .collect(Collectors.joining(" ", " ", ""));
  }

  private static String squeezed(String line) {
    return line.replaceAll(" +", " ");
  }

  private static String word(Step step) {
    return switch (step) {
      case QUERY_ORDER -> "query";
      case CLOSE -> "close";
      case REFUND -> "refund";
      case QUERY_REFUND -> "refund-query";
    };
  }

  private static String cell(Next next) {
    return switch (next.move()) {
      case ANSWERED -> ".";
      case AT_ONCE -> "!" + word(next.step());
      case SETTLING -> "~" + word(next.step());
      case AGAIN -> "?" + word(next.step());
    };
  }

  private static String name(Outcome outcome) {
    if (outcome instanceof Outcome.Unknown unknown) {
      return unknown.why().name();
    }
    if (outcome instanceof Outcome.Refused refused) {
      return "refused:" + refused.why();
    }
    return Reports.words(outcome);
  }

  private static List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Standing standing : Standing.values()) {
      outcomes.add(
          standing.answer().isEmpty() ? Given.told(standing, "o1") : Given.observed(standing));
    }
    Stream.of(Refusal.values()).map(why -> Given.refused(why, true)).forEach(outcomes::add);
    Arrays.stream(Doubt.values()).map(Given::unknown).forEach(outcomes::add);
    return outcomes;
  }
}
