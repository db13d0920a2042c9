package io.paidonce.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.benchmarks.report.ReportPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, too short to say anything about speed; what it computes has unit tests. */
@Tag("proof")
final class BenchIT {

  @TempDir private Path directory;

  @Test
  void aRunPaysAllThatItAcknowledgesAndSaysSo() throws IOException, SQLException {
    BenchSettings settings =
        new BenchSettings(
            1,
            1,
            true,
            new BigDecimal("0.3"),
            200,
            directory.resolve("data"),
            directory,
            List.of("-XX:TieredStopAtLevel=1"),
            true);
    List<String> said = new ArrayList<>();
    BenchResult result = new Bench(settings, Clock.systemUTC(), said::add).run();

    assertThat(result.figures().leftBehind()).isZero();
    assertThat(result.holds()).isTrue();
    assertThat(result.saturation().load().repeated()).isPositive();
    assertThat(result.constant().load().requests()).isEqualTo(200);
    assertThat(result.lastLine())
        .matches(
            "\\{\"acknowledged_per_s\":[1-9]\\d*,\"paid_per_s\":[1-9]\\d*,"
                + "\"ack_p50_ms\":\\d+\\.\\d,\"ack_p99_ms\":\\d+\\.\\d,"
                + "\"paid_p50_ms\":\\d+\\.\\d,\"paid_p99_ms\":\\d+\\.\\d,\"left_behind\":0}");
    assertThat(String.join("\n", result.table())).contains("samples of the services");
    assertThat(said).isNotEmpty();
    assertThat(settings.directory()).isEmptyDirectory();

    String page = Files.readString(ReportPage.write(result, settings.report()));
    assertThat(page).contains("<svg", result.lastLine());
    // Nothing is loaded from anywhere, so that a kept page is whole for ever.
    assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "@import", "<script");
  }
}
