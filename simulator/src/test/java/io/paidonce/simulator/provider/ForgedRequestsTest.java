package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import io.paidonce.simulator.Dialect;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One good request to close an order, and each part of it changed alone: nothing may close. */
class ForgedRequestsTest {

  private final VirtualTime clock = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));
  private final TradeBook wechat = PlayedAccounts.book(Dialect.WECHAT_V3, clock);
  private final TradeBook alipay = PlayedAccounts.book(Dialect.ALIPAY, clock);
  private final ProviderDesk desk =
      new ProviderDesk(clock, Faults.none())
          .admit(PlayedAccounts.merchant(wechat))
          .admit(PlayedAccounts.application(alipay));

  private Outcome closing(Dialect dialect, UnaryOperator<ApiRequest> change) {
    InProcessTransport transport = new InProcessTransport(desk, clock, Duration.ofSeconds(10));
    return PlayedAccounts.client(
            dialect, request -> transport.send(change.apply(request)), "http://127.0.0.1:1")
        .close("ORDER-1", new Ask("d", clock.instant(), 0));
  }

  private List<Trade.State> states(Dialect dialect) {
    TradeBook book = dialect == Dialect.ALIPAY ? alipay : wechat;
    return Stream.of("ORDER-1", "ORDER-2")
        .map(orderNo -> book.byOrderNo(orderNo).orElseThrow().state())
        .toList();
  }

  private void openBoth() {
    for (TradeBook book : new TradeBook[] {wechat, alipay}) {
      book.open("ORDER-1", 1200);
      book.open("ORDER-2", 1200);
    }
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        wechat("another method", request -> with(request, "PUT", request.uri().toString())),
        wechat("another order", request -> at(request, "ORDER-1", "ORDER-2")),
        wechat("a query", request -> at(request, "/close", "/close?x=1")),
        wechat("another body", request -> body(request, text(request) + " ")),
        wechat("no body", request -> body(request, "")),
        wechat("another time", request -> authorization(request, "timestamp=\"1", "timestamp=\"2")),
        wechat("another nonce", request -> authorization(request, "nonce_str=\"", "nonce_str=\"A")),
        wechat("no nonce", request -> authorization(request, "nonce_str=", "nonce=")),
        wechat(
            "another certificate",
            request -> authorization(request, "serial_no=\"3", "serial_no=\"4")),
        wechat(
            "another merchant",
            request -> authorization(request, "mchid=\"1900000001", "mchid=\"1900000002")),
        wechat(
            "another schema", request -> authorization(request, "SHA256-RSA2048", "SM2-WITH-SM3")),
        wechat("no signature", request -> authorization(request, "signature=", "sig=")),
        wechat("no authorization", request -> header(request, "Authorization", "")),
        alipay(
            "another order", request -> body(request, text(request).replace("ORDER-1", "ORDER-2"))),
        alipay("another method", request -> at(request, "trade.close", "trade.query")),
        alipay("another time", request -> at(request, "timestamp=2026", "timestamp=2025")),
        alipay(
            "another application", request -> at(request, "2021000000000001", "2021000000000002")),
        alipay("another algorithm", request -> at(request, "RSA2", "RSA")),
        alipay(
            "one parameter more",
            request -> at(request, "gateway.do?", "gateway.do?notify_url=x&")),
        alipay("no signature", request -> at(request, "sign=", "sig=")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("changes")
  void aChangedRequestClosesNothing(
      Dialect dialect, String name, UnaryOperator<ApiRequest> change) {
    openBoth();

    Outcome outcome = closing(dialect, change);

    assertThat(states(dialect)).containsExactly(Trade.State.UNPAID, Trade.State.UNPAID);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.why()).isIn(Refusal.NOT_PERMITTED, Refusal.OTHER));
  }

  @Test
  void theSameRequestUnchangedCloses() {
    openBoth();
    for (Dialect dialect : List.of(Dialect.WECHAT_V3, Dialect.ALIPAY)) {
      assertThat(closing(dialect, request -> request))
          .isInstanceOfSatisfying(
              Observed.class,
              observed -> assertThat(observed.standing()).isEqualTo(Standing.CLOSE_ACCEPTED));
      assertThat(states(dialect)).containsExactly(Trade.State.CLOSED, Trade.State.UNPAID);
    }
  }

  private static Arguments wechat(String name, UnaryOperator<ApiRequest> change) {
    return Arguments.of(Dialect.WECHAT_V3, name, change);
  }

  private static Arguments alipay(String name, UnaryOperator<ApiRequest> change) {
    return Arguments.of(Dialect.ALIPAY, name, change);
  }

  private static String text(ApiRequest request) {
    return new String(request.body().bytes(), UTF_8);
  }

  private static ApiRequest at(ApiRequest request, String part, String other) {
    String uri = request.uri().toString();
    assertThat(uri).contains(part);
    return with(request, request.method(), uri.replace(part, other));
  }

  private static ApiRequest with(ApiRequest request, String method, String uri) {
    return new ApiRequest(method, URI.create(uri), request.headers(), request.body());
  }

  private static ApiRequest body(ApiRequest request, String body) {
    return new ApiRequest(
        request.method(), request.uri(), request.headers(), RawBytes.of(body.getBytes(UTF_8)));
  }

  private static ApiRequest authorization(ApiRequest request, String part, String other) {
    String authorization = request.headers().get("Authorization");
    assertThat(authorization).contains(part);
    return header(request, "Authorization", authorization.replace(part, other));
  }

  private static ApiRequest header(ApiRequest request, String name, String value) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put(name, value);
    return new ApiRequest(request.method(), request.uri(), headers, request.body());
  }
}
