package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every history of up to six inputs of all kinds, of up to eight about money under each policy, and
 * of up to six about money and a deadline that cancels, keeps every promise; those stand in {@link
 * Exploration} and {@link Confluence}.
 */
class EveryHistoryTest {

  private static final List<Exploration> EXPLORATIONS = new ArrayList<>();
  private static final List<Exploration> DEADLINES = new ArrayList<>();

  @BeforeAll
  static void explore() {
    EXPLORATIONS.add(new Exploration(Alphabet.all(PaymentPolicy.DEFAULT), 6));
    for (boolean partialPayments : List.of(false, true)) {
      for (LatePayment late : LatePayment.values()) {
        PaymentPolicy policy = new PaymentPolicy(partialPayments, late);
        EXPLORATIONS.add(new Exploration(Alphabet.money(policy), 8));
        DEADLINES.add(new Exploration(Alphabet.deadline(policy), 6));
      }
    }
    all().parallel().forEach(Exploration::run);
  }

  private static Stream<Exploration> all() {
    return Stream.concat(EXPLORATIONS.stream(), DEADLINES.stream());
  }

  @Test
  void everyHistoryWasJudged() {
    assertThat(DEADLINES)
        .hasSize(6)
        .allSatisfy(
            exploration ->
                assertThat(exploration.histories())
                    .isEqualTo(exploration.count())
                    .isGreaterThan(1_000_000));
    assertThat(EXPLORATIONS)
        .hasSize(7)
        .allSatisfy(
            exploration ->
                assertThat(exploration.histories())
                    .isEqualTo(exploration.count())
                    .isGreaterThan(40_000_000));
  }

  @Test
  void everyKindOfInputTakesPart() {
    EnumSet<InputKind> kinds = EnumSet.noneOf(InputKind.class);
    for (OrderInput input : Alphabet.all(PaymentPolicy.DEFAULT)) {
      kinds.add(input.kind());
    }
    assertThat(kinds).containsExactly(InputKind.values());
  }

  /**
   * Where it does, somebody is told, or nothing of the money is left; {@link Races} requires it.
   */
  @Test
  void whereArrivalDecidesIsOnThePage() throws IOException {
    Races races = new Races();
    all().forEach(exploration -> races.addAll(exploration.races()));
    StringBuilder page = new StringBuilder();
    page.append("\nStatus follows from what was said, and that can't be taken back; so for these")
        .append(" pairs it matters which came\nfirst. Found by trying: all histories of six inputs")
        .append(
            " of all kinds, of eight about money under each\npolicy, and of six about money and a"
                + " deadline that cancels.\nThe same facts make the")
        .append(
            " same money by provider and currency in all of them. Each pair with the shortest\n")
        .append(
            "history that shows it, and what a person is asked that was not asked before. Where")
        .append(" nobody is asked in either\norder, nothing of the order's money is left.\n\n")
        .append("| at | before | one | the other | one first | the other first |\n")
        .append("|---|---|---|---|---|---|\n");
    races
        .all()
        .forEach(
            (pair, race) ->
                page.append("| ")
                    .append(pair.at())
                    .append(" | ")
                    .append(String.join(", ", race.after()))
                    .append(" | ")
                    .append(race.one())
                    .append(" | ")
                    .append(race.other())
                    .append(" | ")
                    .append(end(race.oneFirst()))
                    .append(" | ")
                    .append(end(race.otherFirst()))
                    .append(" |\n"));
    OrderStatesPage.compareArrival(page.toString());
  }

  private static String end(Races.End end) {
    Set<ExceptionKind> open = end.open();
    return end.status()
        + (open.isEmpty()
            ? ""
            : open.stream().map(Enum::name).collect(Collectors.joining(", ", ": ", "")));
  }
}
