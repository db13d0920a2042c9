package io.paidonce.launcher.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.projector.deadletters.StoredLetter;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTextTest {

  private static final String NOTIFICATION =
      """
      {"schema":2,"provider":"alipay","shop":"tea","orderNo":"A-1","kind":"PAYMENT",
       "payment":{"amountMinor":1200,"payee":"seller@example.com","transactionId":"42"},
       "customer":{"phone":13800000000,"names":["Zhang San"]},
       "evidence":{"headers":{"x":"secret"},"body":"YnV5ZXJfbG9nb25faWQ9MTM4"}}
      """;

  @Test
  void whatIsAboutAPersonIsMaskedAndWhatIsNeededIsTold() {
    String shown = String.join("\n", LetterText.show(Letters.holding(NOTIFICATION), false));
    assertThat(shown)
        .contains("\"orderNo\" : \"A-1\"", "\"amountMinor\" : 1200", "\"transactionId\" : \"42\"")
        .contains("\"payee\" : \"(masked, 18 characters)\"")
        .contains("\"phone\" : \"(masked, 11 characters)\"")
        .doesNotContain("seller@example.com", "1380000", "Zhang", "secret", "YnV5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"buyer 13800000000", "[\"13800000000\"]", "{\"a\":13800000000", "13800000000"})
  void whatIsNoObjectIsMaskedAsAWhole(String original) {
    StoredLetter letter = Letters.holding(original);
    assertThat(LetterText.show(letter, false).toString())
        .contains("--full shows it")
        .doesNotContain("1380000");
    assertThat(LetterText.show(letter, true)).contains(original);
  }

  @Test
  void aLongTextIsMaskedWhateverItsFieldIsCalled() {
    String long129 = "x".repeat(129);
    assertThat(
            LetterText.show(Letters.holding("{\"orderNo\":\"" + long129 + "\"}"), false).toString())
        .doesNotContain(long129)
        .contains("masked, 129 characters");
  }

  @Test
  void aKeyThatIsNotOneOfOursIsMasked() {
    assertThat(LetterText.show(keyed("tea:A-1"), false)).contains("key          tea:A-1");
    assertThat(LetterText.show(keyed("Zhang San"), false).toString()).doesNotContain("Zhang");
    assertThat(LetterText.show(keyed("Zhang San"), true)).contains("key          Zhang San");
  }

  private static StoredLetter keyed(String key) {
    return Letters.stored(
        DeadLetterReason.UNREADABLE_RECORD, Letters.SOURCE, key, "{}", 0, Map.of());
  }

  @Test
  void bytesThatATerminalWouldObeyAreShownAsNumbers() {
    String shown = String.join("\n", LetterText.show(Letters.holding("\u001b[2J was here"), true));
    assertThat(shown).contains("000000  1b 5b 32 4a").doesNotContain("\u001b");
    String header =
        String.join(
            "\n", LetterText.show(Letters.redriven(0, Map.of("ce_id", "\u001b[2J")), false));
    assertThat(header).contains("ce_id: (not printable)").doesNotContain("\u001b");
  }

  @Test
  void theTableShowsWhatWasDrivenAgainAndWhatFailedThen() {
    List<String> lines =
        LetterText.table(
            List.of(
                Letters.redriven(2, Map.of()),
                Letters.redriven(0, Map.of(DeadLetterRedrive.HEADER_OF, "1:5"))),
            50);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).contains("3:17", "order-commands-4@120", " 2x ");
    assertThat(lines.get(2)).contains(" no ", "redrive of 1:5 failed");
    assertThat(lines.get(3)).startsWith("Dead letters: 2, of them redriven: 1. ");
    assertThat(LetterText.table(Collections.nCopies(3, Letters.holding("{}")), 1).get(2))
        .contains("2 older");
    assertThat(LetterText.table(List.of(), 1)).containsExactly("No dead letters.");
  }

  @Test
  void oneSaysWhatHappenedWhatToDoAndWhetherItCanBeDrivenAgain() {
    assertThat(LetterText.show(Letters.redriven(0, Map.of()), false))
        .contains(
            "reason       PROCESSING_FAILED: " + DeadLetterReason.PROCESSING_FAILED.sentence(),
            "what to do   " + DeadLetterReason.PROCESSING_FAILED.suggestedAction(),
            "redrive      possible, once the cause is mended");
    assertThat(LetterText.show(Letters.redriven(1, Map.of()), false))
        .contains("redriven     2026-01-31T12:00:00Z by on-call: mended")
        .anyMatch(line -> line.startsWith("redrive      no, 3:17: was driven again"));
  }

  @Test
  void aProgramReadsOneObjectALineWithoutContent() throws IOException {
    String line = LetterText.json(Letters.redriven(1, Map.of()));
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(line).doesNotContain("\n");
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "at",
            "reason",
            "detail",
            "origin",
            "source",
            "redrivable",
            "redrive_of",
            "redrives");
    assertThat(json.path("source").path("offset").asLong()).isEqualTo(120);
    assertThat(json.path("redrives").path(0).path("by").asText()).isEqualTo("on-call");
  }
}
