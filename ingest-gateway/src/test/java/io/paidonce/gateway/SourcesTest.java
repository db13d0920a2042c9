package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Rejection;
import io.paidonce.contract.Topics;
import io.paidonce.providers.Problems;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From where callbacks are taken, and whose word on that is. */
class SourcesTest {

  private static final Route WECHAT = new Route("wechat-v3", "1900000001");

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "101.226.103.0/25, 101.226.103.127, true",
    "101.226.103.0/25, 101.226.103.128, false",
    "121.51.58.128/25, 121.51.58.127, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "1.2.3.4, 1.2.3.4, true",
    "1.2.3.4, 1.2.3.5, false",
    "1.2.3.4, ::ffff:1.2.3.4, true",
    "::ffff:1.2.3.0/120, 1.2.3.200, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0:8000::/49, 2001:db8:0:7fff::1, false",
    "::/0, 2001:db8::1, true",
  })
  void aRangeHoldsWhatBeginsAsItDoes(String range, String address, boolean held) {
    assertThat(AddressRange.parse(range).orElseThrow().contains(address(address))).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0/8",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "010.0.0.0/8",
        "256.0.0.0/8",
        "::/129",
        "::ffff:1.2.3.0/95",
        "2001:db8::1/32",
        "1.2.3.4/-1",
        "fe80::1%eth0",
        "12345",
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // peer, header, source
        "203.0.113.9, 1.1.1.1, 203.0.113.9",
        "10.0.0.1, -, 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, 1.1.1.1, 1.1.1.1",
        "10.0.0.1, '9.9.9.9, 1.1.1.1', 1.1.1.1",
        "10.0.0.1, '9.9.9.9, 1.1.1.1, 10.0.0.2', 1.1.1.1",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, 'nonsense, 1.1.1.1', 1.1.1.1",
        "10.0.0.1, '1.1.1.1, nonsense', 10.0.0.1",
        "10.0.0.1, '1.1.1.1, nonsense, 10.0.0.2', 10.0.0.1",
        "10.0.0.1, '1.1.1.1,', 10.0.0.1",
        "10.0.0.1, unknown, 10.0.0.1",
        "10.0.0.1, example.com, 10.0.0.1",
        "10.0.0.1, 1.1.1.1:4711, 1.1.1.1",
        "10.0.0.1, 2001:db8::1, 2001:db8::1",
        "10.0.0.1, '[2001:db8::1]:443', 2001:db8::1",
        "10.0.0.1, '[2001:db8::1]', 2001:db8::1",
        "10.0.0.1, '[2001:db8::1]x', 10.0.0.1",
        "10.0.0.1, ::ffff:1.1.1.1, 1.1.1.1",
        "10.0.0.1, '1.1.1.1, ::ffff:10.0.0.2', 1.1.1.1",
        "::ffff:10.0.0.1, 1.1.1.1, 1.1.1.1",
        "fd00::1, 1.1.1.1, 1.1.1.1",
      })
  void onlyOurProxiesAreBelievedAndOnlyWhatTheyAdded(
      String peer, @Nullable String header, String source) {
    TrustedProxies proxies =
        new TrustedProxies(
            List.of(
                AddressRange.parse("10.0.0.0/8").orElseThrow(),
                AddressRange.parse("fd00::/8").orElseThrow()));
    List<String> values = header == null ? List.of() : List.of(header);
    assertThat(proxies.source(address(peer), values)).isEqualTo(address(source));
  }

  @Test
  void severalHeadersAreOneList() {
    TrustedProxies proxies =
        new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8").orElseThrow()));
    assertThat(proxies.source(address("10.0.0.1"), List.of("9.9.9.9", "1.1.1.1, 10.0.0.2")))
        .isEqualTo(address("1.1.1.1"));
  }

  @Test
  void theProvidersOwnListCountsWhereNoneIsWritten() {
    Sources sources = sources(entry("wechat-v3", null, AllowedSources.PUBLISHED));
    assertThat(sources.refusal(WECHAT, address("101.226.103.5"))).isEmpty();
    assertThat(sources.refusal(WECHAT, address("43.139.43.69"))).isEmpty();
    assertThat(sources.refusal(WECHAT, address("203.0.113.9")))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.rejection()).isEqualTo(Rejection.SOURCE_NOT_ALLOWED);
              assertThat(refused.explanation())
                  .contains("it came from 203.0.113.9")
                  .contains("101.226.103.0/25");
            });
    assertThat(sources.refusal(new Route("alipay", "1"), address("203.0.113.9"))).isEmpty();
  }

  @Test
  void anAccountsEntryCountsInPlaceOfItsProtocols() {
    Sources sources =
        sources(
            entry("wechat-v3", null, AllowedSources.PUBLISHED),
            entry("wechat-v3", "1900000001", AllowedSources.PUBLISHED, "203.0.113.0/24"),
            entry("wechat-v3", "1900000002", "198.51.100.1"));
    assertThat(sources.refusal(WECHAT, address("203.0.113.9"))).isEmpty();
    assertThat(sources.refusal(WECHAT, address("101.226.103.5"))).isEmpty();
    Route other = new Route("wechat-v3", "1900000002");
    assertThat(sources.refusal(other, address("101.226.103.5"))).isPresent();
    assertThat(sources.refusal(other, address("198.51.100.1"))).isEmpty();
  }

  @Test
  void whatCantBeMeantIsNamed() {
    Problems problems = Problems.none();
    Sources unused =
        Sources.of(
            DoorConfig.bind(
                null,
                List.of("10.0.0.1/8"),
                List.of(
                    entry("wechat-v9", null, "1.2.3.4"),
                    entry("alipay", null, AllowedSources.PUBLISHED),
                    entry("hmac", "h", "here"),
                    entry("hmac", "h", "1.2.3.4")),
                null,
                null,
                null),
            problems);
    assertThat(unused.takesFromAnywhere()).isFalse();
    assertThat(problems.lines())
        .anySatisfy(p -> assertThat(p).startsWith("trustedProxies[0]: should be a range such as"))
        .anySatisfy(p -> assertThat(p).startsWith("allowFrom[0].protocol: is wechat-v9"))
        .anySatisfy(p -> assertThat(p).startsWith("allowFrom[1].ranges: can't be published"))
        .anySatisfy(p -> assertThat(p).startsWith("allowFrom[2].ranges[0]: should be a range"))
        .anySatisfy(p -> assertThat(p).startsWith("allowFrom[3]: is about the same callbacks"));
  }

  @Test
  void whoeverIsNotAllowedIsDeclinedBeforeTheBodyIsReadAndIsExplained() {
    try (Door door = Door.open()) {
      String forwarded = "X-Forwarded-For: 203.0.113.9\r\n";
      door.sources = spoken(List.of(), "203.0.113.0/24");
      try (RawHttp http = RawHttp.connect(door.port)) {
        http.send(
            "POST "
                + Door.PATH
                + " HTTP/1.1\r\nHost: h\r\n"
                + forwarded
                + "Content-Length: 9\r\n\r\n");
        assertThat(http.answer().status()).as("nobody's word counts").isEqualTo(403);
      }
      assertThat(door.publisher.publishedTo(Topics.REJECTIONS.name())).hasSize(1);
      assertThat(door.counter(GatewayMetrics.REJECTIONS, "SOURCE_NOT_ALLOWED")).isEqualTo(1);
      door.sources = spoken(List.of("127.0.0.0/8"), "203.0.113.0/24");
      assertThat(door.post(forwarded, "hello").status()).as("our proxy's does").isEqualTo(200);
      assertThat(door.post("", "hello").status()).isEqualTo(403);
      door.sources = spoken(List.of(), "127.0.0.1");
      assertThat(door.post("", "hello").status()).isEqualTo(200);
    }
  }

  // The protocol of this door's tests is not among those that a configuration may name.
  private static Sources spoken(List<String> proxies, String range) {
    return Sources.of(
        proxies.stream().map(p -> AddressRange.parse(p).orElseThrow()).toList(),
        Map.of("spoken", List.of(AddressRange.parse(range).orElseThrow())));
  }

  private static Sources sources(AllowedSources... entries) {
    Problems problems = Problems.none();
    Sources sources =
        Sources.of(DoorConfig.bind(null, null, List.of(entries), null, null, null), problems);
    assertThat(problems.lines()).isEmpty();
    return sources;
  }

  private static AllowedSources entry(String protocol, @Nullable String account, String... ranges) {
    return new AllowedSources(protocol, account, List.of(ranges));
  }

  private static InetAddress address(String text) {
    Optional<InetAddress> address = SourceAddress.parse(text);
    return address.orElseThrow(() -> new AssertionError(text));
  }
}
