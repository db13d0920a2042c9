package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.GatewayCounts;
import io.paidonce.contract.GatewayStatus;
import io.paidonce.contract.KeyEnd;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a gateway tells of itself. */
class StatusReportsTest {

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final AnswerCounts counts = new AnswerCounts();
  private final ConfigurationState configuration = new ConfigurationState(clock);
  private final ScriptedPublisher publisher = new ScriptedPublisher();
  private final Accounts accounts =
      Accounts.open(
          Shops.all(),
          List.of(
              new RetiringKey(
                  "wechat-v3/1900000001",
                  "PUB_KEY_ID_0119000000012026013100",
                  NOW.plusSeconds(60).toString())),
          Protocols.all(),
          Problems.none());
  private final StatusReports reports =
      new StatusReports("pay-1:8080", clock, () -> accounts, configuration, counts, publisher);

  @Test
  void aMinuteIsToldBesideTheWhole() {
    counts.answered(GatewayMetrics.Outcome.STORED);
    counts.answered(GatewayMetrics.Outcome.REFUSED);
    counts.refused(Rejection.SIGNATURE_MISMATCH);
    counts.notStored();
    GatewayStatus first = reports.next(true);
    assertThat(first.lastMinute()).isEqualTo(new GatewayCounts(1, 0, 1, 0, 1));
    assertThat(first.sinceStart()).isEqualTo(first.lastMinute());
    assertThat(first.rejections()).isEqualTo(Map.of("SIGNATURE_MISMATCH", 1L));

    counts.answered(GatewayMetrics.Outcome.BROKEN);
    counts.answered(GatewayMetrics.Outcome.UNREADABLE);
    GatewayStatus second = reports.next(true);
    assertThat(second.lastMinute()).isEqualTo(new GatewayCounts(0, 1, 0, 1, 0));
    assertThat(second.sinceStart()).isEqualTo(new GatewayCounts(1, 1, 1, 1, 1));
    assertThat(reports.next(true).lastMinute()).isEqualTo(GatewayCounts.NONE);
  }

  @Test
  void keysThatEndAreToldSoonestFirst() {
    GatewayStatus status = reports.next(true);
    assertThat(status.accounts()).isEqualTo(Shops.all().size());
    assertThat(status.keyEnds()).isSortedAccordingTo((a, b) -> a.until().compareTo(b.until()));
    assertThat(status.keyEnds())
        .first()
        .isEqualTo(
            new KeyEnd(
                "wechat-v3",
                "1900000001",
                "PUB_KEY_ID_0119000000012026013100",
                NOW.plusSeconds(60)));
  }

  @Test
  void aConfigurationThatWasRefusedIsTold() {
    assertThat(reports.next(true).configurationRefusedAt()).isNull();
    configuration.refused(List.of("accounts: is empty"));
    assertThat(reports.next(true).configurationRefusedAt()).isEqualTo(NOW);
  }

  @Test
  void whoStopsSaysSo() {
    reports.close();
    assertThat(publisher.publishedTo("gateway-status")).hasSize(1);
    assertThat(reports.next(false).running()).isFalse();
  }

  @Test
  void aKafkaThatTakesNothingHoldsNobodyUpForLong() {
    publisher.hold();
    reports.close();
    assertThat(publisher.publishedTo("gateway-status")).hasSize(1);
  }
}
