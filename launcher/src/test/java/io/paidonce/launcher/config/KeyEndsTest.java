package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.providers.Problems;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When keys end, for those who verify again what was stored. */
class KeyEndsTest {

  private final Problems problems = Problems.none();

  private Map<String, Map<String, Instant>> read(String retiringKeys) throws Exception {
    return KeyEnds.of(
        JsonMapper.builder().build().readTree(retiringKeys), problems.in("retiringKeys"));
  }

  @Test
  void eachKeyOfAnAccountHasItsOwn() throws Exception {
    assertThat(
            read(
                """
                [{"account": "wechat-v3/1900000001", "key": "A", "acceptUntil": "2026-12-01T00:00:00Z"},
                 {"account": "wechat-v3/1900000001", "key": "B", "acceptUntil": "2026-12-02T00:00:00Z"},
                 {"account": "alipay/2021", "key": "A", "acceptUntil": "2026-12-03T00:00:00Z"}]
                """))
        .isEqualTo(
            Map.of(
                "wechat-v3:1900000001",
                Map.of(
                    "A", Instant.parse("2026-12-01T00:00:00Z"),
                    "B", Instant.parse("2026-12-02T00:00:00Z")),
                "alipay:2021",
                Map.of("A", Instant.parse("2026-12-03T00:00:00Z"))));
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void aTimeThatIsNoneIsToldByItsPlace() throws Exception {
    assertThat(read("[{\"account\": \"alipay/2021\", \"key\": \"A\", \"acceptUntil\": \"soon\"}]"))
        .isEmpty();
    assertThat(problems.lines()).singleElement().asString().contains("retiringKeys[0].acceptUntil");
  }

  @Test
  void withoutAGatewayNoneEnds() throws Exception {
    assertThat(KeyEnds.of(JsonMapper.builder().build().readTree("{}").path("gateway"), problems))
        .isEmpty();
  }
}
