package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An id or shop that a record would refuse is refused before any callback comes. */
class AccountChecksTest {

  private record Config(String protocol, String id, String shop) implements AccountConfig {}

  @Test
  void idsOfTheLongestKindAreTaken() {
    assertThat(problemsOf("aZ09._-", "shop-1")).isEmpty();
    assertThat(problemsOf("x".repeat(64), "x".repeat(64))).isEmpty();
  }

  @Test
  void anIdIsOfFewCharacters() {
    for (String id : List.of("", " ", "x".repeat(65), "a/b", "a:b", "a\n", "é")) {
      assertThat(problemsOf(id, "shop-1"))
          .as(id)
          .singleElement()
          .asString()
          .startsWith("id: must be the provider's id of the account");
    }
  }

  @Test
  void aShopHasNoColonNoBlankAndNoControlCharacter() {
    for (String shop :
        List.of("", "a:b", "a b", "a\n", "a\u3000b", "a\u00a0b", "a\u0001b", "a\u0085b")) {
      assertThat(problemsOf("1", shop))
          .as(shop)
          .singleElement()
          .asString()
          .startsWith("shop: must be 1 to 64 characters");
    }
  }

  @Test
  void aShopIsAsLongAsARecordCounts() {
    // One sign of two chars each: what a pattern counts as one.
    assertThat(problemsOf("1", "😀".repeat(33))).hasSize(1);
    assertThat(problemsOf("1", "x".repeat(65))).hasSize(1);
    String shop = "😀".repeat(32);
    assertThat(problemsOf("1", shop)).isEmpty();
    assertThat(new OrderKey(shop, "1").shop()).isEqualTo(shop);
  }

  @Test
  void whatIsLeftOutIsEmpty() {
    assertThat(AccountChecks.orEmpty((String) null)).isEmpty();
    assertThat(AccountChecks.orEmpty((List<String>) null)).isEmpty();
    assertThat(AccountChecks.orEmpty(Arrays.asList("a", null))).containsExactly("a");
  }

  @Test
  void whatAStrangerSaysIsShownShortAndPrintable() {
    assertThat(AccountChecks.shown("a\r\nb\u001b大")).isEqualTo("\"a??b??\"");
    assertThat(AccountChecks.shown("x".repeat(64))).isEqualTo("\"" + "x".repeat(64) + "\"");
    assertThat(AccountChecks.shown("x".repeat(65))).isEqualTo("\"" + "x".repeat(64) + "…\"");
  }

  private static List<String> problemsOf(String id, String shop) {
    Problems problems = Problems.none();
    AccountChecks.check(new Config("any", id, shop), problems);
    return problems.lines();
  }
}
