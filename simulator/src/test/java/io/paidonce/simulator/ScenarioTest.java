package io.paidonce.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final SimulatedAccount WECHAT = FakeSigner.wechat("s1");
  private static final SimulatedAccount ALIPAY = FakeSigner.alipay("s1");

  private static Plan plan(long seed, int orders, SimulatedAccount... accounts) {
    return Scenario.plan(
        new ScenarioSettings(
            seed,
            orders,
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Instant.parse("2026-01-31T12:00:00Z"),
            List.of(accounts)));
  }

  private static List<Step.Deliver> deliveries(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Deliver.class::isInstance)
        .map(Step.Deliver.class::cast)
        .toList();
  }

  private static List<Step.Ask> commands(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Ask.class::isInstance)
        .map(Step.Ask.class::cast)
        .toList();
  }

  private static Map<String, Step.Ask> places(Plan plan) {
    return commands(plan).stream()
        .filter(ask -> ask.command().kind() == CommandKind.PLACE)
        .collect(Collectors.toMap(ask -> ask.command().orderNo(), ask -> ask));
  }

  private static Map<String, List<Step.Deliver>> good(Plan plan) {
    return deliveries(plan).stream()
        .filter(d -> d.disguise() == Disguise.NONE)
        .collect(Collectors.groupingBy(d -> d.notice().payment().orderNo()));
  }

  @Test
  void theSameSeedMakesTheSamePlan() {
    assertThat(plan(7, 200, WECHAT, ALIPAY)).isEqualTo(plan(7, 200, WECHAT, ALIPAY));
  }

  @Test
  void anotherSeedMakesAnotherPlanWithOtherNumbers() {
    Set<String> first = good(plan(7, 100, WECHAT, ALIPAY)).keySet();
    Set<String> second = good(plan(8, 100, WECHAT, ALIPAY)).keySet();

    assertThat(first).doesNotContainAnyElementsOf(second);
  }

  @Test
  void everyOrderHasItsOwnNumberAndEveryPaymentItsOwnTransaction() {
    Plan plan = plan(3, 500, WECHAT, ALIPAY);

    Map<String, Set<String>> byTransaction =
        deliveries(plan).stream()
            .collect(
                Collectors.groupingBy(
                    d -> d.notice().payment().transactionId(),
                    Collectors.mapping(d -> moneyOf(d.notice()), Collectors.toSet())));
    Set<String> orders = new HashSet<>(good(plan).keySet());
    orders.addAll(places(plan).keySet());

    assertThat(byTransaction.values()).allSatisfy(notices -> assertThat(notices).hasSize(1));
    Set<String> payers =
        orders.stream()
            .map(no -> no.substring(0, "S3-0000000".length()))
            .collect(Collectors.toSet());
    assertThat(payers).as("a combined payment adds orders of its own").hasSize(500);
    assertThat(orders).allSatisfy(no -> assertThat(no).matches("[A-Z0-9-]{6,32}"));
  }

  @Test
  void aPlanWithRoomForAllStoriesTellsAll() {
    // One order for each story and not one more: whatever is missing shows.
    Plan plan = plan(5, Story.values().length, WECHAT, ALIPAY);
    Map<String, Step.Ask> places = places(plan);
    Map<String, List<Step.Deliver>> good = good(plan);

    assertThat(deliveries(plan))
        .extracting(Step.Deliver::disguise)
        .contains(Disguise.FLIPPED_BYTE, Disguise.ALTERED_AMOUNT, Disguise.PROBE);
    assertThat(good.values())
        .as("the same notice again 1 ms later")
        .anySatisfy(
            sent -> {
              assertThat(sent).hasSize(2);
              assertThat(sent.get(1).at()).isEqualTo(sent.get(0).at().plusMillis(1));
              assertThat(sent.get(1).notice()).isEqualTo(sent.get(0).notice());
            });
    assertThat(good.values())
        .as("the same notice again much later")
        .anySatisfy(
            sent -> {
              assertThat(sent).hasSize(2);
              assertThat(sent.get(1).at()).isGreaterThan(sent.get(0).at().plusMillis(100));
              assertThat(sent.get(1).notice()).isEqualTo(sent.get(0).notice());
            });
    assertThat(good.values())
        .as("one order paid at both providers")
        .anySatisfy(
            sent ->
                assertThat(sent)
                    .extracting(Step.Deliver::account)
                    .containsExactlyInAnyOrder(WECHAT, ALIPAY));
    assertThat(places)
        .as("a payment before its order")
        .anySatisfy(
            (no, place) ->
                assertThat(good.getOrDefault(no, List.of()))
                    .anySatisfy(sent -> assertThat(sent.at()).isLessThan(place.at())));
    assertThat(places)
        .as("another amount than is due")
        .anySatisfy(
            (no, place) ->
                assertThat(good.getOrDefault(no, List.of()))
                    .anySatisfy(
                        sent ->
                            assertThat(sent.notice().payment().amountMinor())
                                .isNotEqualTo(place.command().amountDueMinor())));
    assertThat(good.keySet()).as("never placed").anyMatch(no -> !places.containsKey(no));
    List<String> cancelled =
        commands(plan).stream()
            .map(Step.Ask::command)
            .filter(command -> command.kind() == CommandKind.CANCEL)
            .map(OrderCommand::orderNo)
            .toList();
    assertThat(cancelled).as("cancelled, then paid").anyMatch(good::containsKey);
    assertThat(cancelled).as("cancelled unpaid").anyMatch(no -> !good.containsKey(no));
    assertThat(places.keySet())
        .as("never paid")
        .anyMatch(no -> !good.containsKey(no) && !cancelled.contains(no));
  }

  @Test
  void everyStoryOfARefundIsToldWithItsSumsRight() {
    Plan plan = plan(5, Story.values().length, WECHAT, ALIPAY);
    Map<String, List<Step.Deliver>> told =
        good(plan).entrySet().stream()
            .filter(e -> e.getValue().stream().anyMatch(ScenarioTest::isRefund))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    assertThat(told).hasSize(7);
    assertThat(told.values())
        .as("refunded by two refunds, the second sum the whole")
        .anySatisfy(
            sent -> {
              List<RefundNotice> refunds = refunds(sent);
              assertThat(refunds)
                  .extracting(RefundNotice::refundId)
                  .hasSize(2)
                  .doesNotHaveDuplicates();
              assertThat(refunds.get(0).refundedTotalMinor())
                  .isEqualTo(refunds.get(0).amountMinor());
              assertThat(refunds.get(1).refundedTotalMinor())
                  .isEqualTo(refunds.get(0).amountMinor() + refunds.get(1).amountMinor())
                  .isEqualTo(refunds.get(1).payment().amountMinor());
            });
    assertThat(told.values())
        .as("the refund before its payment")
        .anySatisfy(
            sent ->
                assertThat(sent).extracting(ScenarioTest::isRefund).containsExactly(true, false));
    assertThat(told.values())
        .as("stuck, then through: two notices of one refund")
        .anySatisfy(
            sent -> {
              assertThat(refunds(sent))
                  .extracting(RefundNotice::outcome)
                  .containsExactly(RefundOutcome.ABNORMAL, RefundOutcome.SUCCEEDED);
              assertThat(refunds(sent).get(0).refundId())
                  .isEqualTo(refunds(sent).get(1).refundId());
              assertThat(refunds(sent).get(0).notificationId())
                  .isNotEqualTo(refunds(sent).get(1).notificationId());
            });
    assertThat(told.values())
        .as("failed for good")
        .anySatisfy(
            sent ->
                assertThat(refunds(sent))
                    .extracting(RefundNotice::outcome)
                    .containsExactly(RefundOutcome.CLOSED));
    assertThat(told.values())
        .as("the same notice three times")
        .anySatisfy(
            sent ->
                assertThat(Set.copyOf(refunds(sent))).hasSize(1).hasSizeLessThan(sent.size() - 2));
    assertThat(told.values())
        .as("refunded, then finished")
        .anySatisfy(
            sent ->
                assertThat(sent)
                    .extracting(Step.Deliver::notice)
                    .last()
                    .isInstanceOf(Notice.Finished.class));
  }

  @Test
  void aCombinedPaymentPaysOrdersThatWerePlaced() {
    Plan plan = plan(5, 300, WECHAT, ALIPAY);
    List<Notice.PaidTogether> together =
        deliveries(plan).stream()
            .map(Step.Deliver::notice)
            .filter(Notice.PaidTogether.class::isInstance)
            .map(Notice.PaidTogether.class::cast)
            .toList();

    assertThat(together)
        .isNotEmpty()
        .allSatisfy(
            notice ->
                assertThat(notice.combined().payments())
                    .hasSizeBetween(2, 3)
                    .allSatisfy(
                        paid ->
                            assertThat(places(plan).get(paid.orderNo()).command().amountDueMinor())
                                .isEqualTo(paid.amountMinor())));
  }

  @Test
  void whatAProviderHasNoNoticeOfItDoesNotTell() {
    assertThat(deliveries(plan(5, 300, ALIPAY)))
        .allSatisfy(
            d -> {
              assertThat(d.notice()).isNotInstanceOf(Notice.PaidTogether.class);
              if (d.notice() instanceof Notice.Refunded refunded) {
                assertThat(refunded.refund().outcome()).isEqualTo(RefundOutcome.SUCCEEDED);
              }
            });
    assertThat(deliveries(plan(5, 300, WECHAT)))
        .allSatisfy(
            d ->
                assertThat(d.notice())
                    .isNotInstanceOfAny(Notice.Finished.class, Notice.ClosedUnpaid.class));
  }

  private static boolean isRefund(Step.Deliver delivery) {
    return delivery.notice() instanceof Notice.Refunded;
  }

  private static List<RefundNotice> refunds(List<Step.Deliver> sent) {
    return sent.stream()
        .filter(ScenarioTest::isRefund)
        .map(d -> ((Notice.Refunded) d.notice()).refund())
        .toList();
  }

  private static String moneyOf(Notice notice) {
    return notice.payment().orderNo() + " " + notice.payment().amountMinor();
  }

  @Test
  void aForgeryIsFollowedByTheProvidersOwnNotice() {
    Plan plan = plan(5, 300, WECHAT, ALIPAY);

    assertThat(deliveries(plan))
        .filteredOn(
            d -> d.disguise() == Disguise.FLIPPED_BYTE || d.disguise() == Disguise.ALTERED_AMOUNT)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            forged -> assertThat(good(plan)).containsKey(forged.notice().payment().orderNo()));
  }

  @Test
  void onlyWechatProbes() {
    assertThat(deliveries(plan(5, 300, ALIPAY)))
        .extracting(Step.Deliver::disguise)
        .doesNotContain(Disguise.PROBE);
    assertThat(deliveries(plan(5, 300, WECHAT, ALIPAY)))
        .filteredOn(d -> d.disguise() == Disguise.PROBE)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(d.account()).isEqualTo(WECHAT));
  }

  @Test
  void aDoublePaymentStaysWithinTheShop() {
    Plan plan = plan(5, 300, WECHAT, FakeSigner.alipay("s2"));

    assertThat(good(plan).values())
        .allSatisfy(
            sent ->
                assertThat(sent).extracting(d -> d.account().shop()).containsOnly(shopOf(sent)));
  }

  private static String shopOf(List<Step.Deliver> sent) {
    return sent.get(0).account().shop();
  }

  @Test
  void stepsComeInTheOrderOfTime() {
    assertThat(plan(5, 300, WECHAT, ALIPAY).steps())
        .isSortedAccordingTo(Comparator.comparing(Step::at));
  }

  @Test
  void aScenarioWithoutAccountsIsRefused() {
    assertThatThrownBy(() -> plan(1, 10)).hasMessageContaining("at least one account");
  }
}
