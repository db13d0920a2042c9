package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with which a provider tries an address before it sends anything there. */
class HandshakesTest {

  private static final String SIGNED =
      "?signature=92c6ae13d2a6d87303dddafd15f9e906ef503790&timestamp=1700000000&nonce=nonce123";
  private static final DoorConfig DOOR =
      DoorConfig.bind(
          null,
          null,
          null,
          null,
          null,
          List.of(
              handshake("/hs/wechat", HandshakeConfig.Kind.TOKEN, "mytoken"),
              handshake("/hs/crc", HandshakeConfig.Kind.CRC, "0123456789abcdef"),
              handshake("/hs/echo", HandshakeConfig.Kind.ECHO, null)));

  @Test
  void whoKnowsTheTokenIsEchoed() {
    try (Door door = Door.open(DOOR)) {
      Answer answer = get(door, "/hs/wechat" + SIGNED + "&echostr=5838479218127813673");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("5838479218127813673");
      assertThat(answer.headers())
          .containsEntry("content-type", "text/plain; charset=utf-8")
          .containsEntry("x-content-type-options", "nosniff");
      assertThat(door.counter(GatewayMetrics.HANDSHAKES, "answered")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?echostr=1",
        SIGNED,
        SIGNED + "&echostr=",
        SIGNED + "&echostr=1&echostr=2",
        SIGNED + "&echostr=%3Cscript%3E",
        SIGNED + "&echostr=%zz",
        SIGNED + "&nonce=nonce123&echostr=1",
        "?signature=&timestamp=1700000000&nonce=nonce123&echostr=1",
        "?signature=02c6ae13d2a6d87303dddafd15f9e906ef503790&timestamp=1700000000&nonce=nonce123"
            + "&echostr=1",
        "?signature=92c6ae13d2a6d87303dddafd15f9e906ef503790&timestamp=1700000001&nonce=nonce123"
            + "&echostr=1",
      })
  void whoDoesNotIsForbiddenAndNotEchoed(String query) {
    try (Door door = Door.open(DOOR)) {
      Answer answer = get(door, "/hs/wechat" + query);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).isEmpty();
      assertThat(door.counter(GatewayMetrics.HANDSHAKES, "refused")).isEqualTo(1);
    }
  }

  @Test
  void anEchoIsBounded() {
    try (Door door = Door.open(DOOR)) {
      assertThat(get(door, "/hs/echo?challenge=abc.DEF-1").body()).isEqualTo("abc.DEF-1");
      assertThat(get(door, "/hs/echo?challenge=" + "x".repeat(256)).status()).isEqualTo(200);
      assertThat(get(door, "/hs/echo?challenge=" + "x".repeat(257)).status()).isEqualTo(403);
      assertThat(get(door, "/hs/echo?challenge=a%0d%0ab").status()).isEqualTo(403);
    }
  }

  @Test
  void aCrcIsAnsweredWithItsHmac() {
    try (Door door = Door.open(DOOR)) {
      Answer answer = get(door, "/hs/crc?crc_token=challenge-1");
      assertThat(answer.headers()).containsEntry("content-type", "application/json");
      // printf challenge-1 | openssl dgst -sha256 -hmac 0123456789abcdef -binary | base64
      assertThat(answer.body())
          .isEqualTo(
              "{\"response_token\":\"sha256=MSopdLsYXw/5WjBkckRrVjXiOIlKoEgOgjw3LINuya4=\"}");
      assertThat(get(door, "/hs/crc").status()).isEqualTo(403);
    }
  }

  @Test
  void onlyGetIsAnsweredAndOnlyWhereConfigured() {
    try (Door door = Door.open(DOOR)) {
      Answer answer = RawHttp.exchange(door.port, RawHttp.post("/hs/echo?challenge=1", "", ""));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.headers()).containsEntry("allow", "GET");
      assertThat(get(door, "/hs/other?challenge=1").status()).isEqualTo(404);
      assertThat(get(door, "/hs/echo/?challenge=1").status()).isEqualTo(404);
      assertThat(door.publisher.published()).isEmpty();
    }
    try (Door door = Door.open()) {
      assertThat(get(door, "/hs/echo?challenge=1").status()).isEqualTo(404);
    }
  }

  @Test
  void whatCantBeMeantIsNamed() {
    Problems problems = Problems.none();
    Handshakes unused =
        Handshakes.of(
            List.of(
                handshake("/callbacks/hmac/a", HandshakeConfig.Kind.ECHO, null),
                handshake("/a", HandshakeConfig.Kind.TOKEN, "no"),
                handshake("/b", HandshakeConfig.Kind.CRC, "swordfish"),
                handshake("/c", HandshakeConfig.Kind.ECHO, "swordfish"),
                handshake("/c", HandshakeConfig.Kind.ECHO, null)),
            problems.in("handshakes"));
    assertThat(unused.at("/d")).isEmpty();
    assertThat(problems.lines())
        .hasSize(5)
        .noneMatch(p -> p.contains("swordfish"))
        .anyMatch(p -> p.startsWith("handshakes[0].path: should be a path such as"))
        .anyMatch(p -> p.startsWith("handshakes[1].secret: should be the token"))
        .anyMatch(p -> p.startsWith("handshakes[2].secret: should be the key"))
        .anyMatch(p -> p.startsWith("handshakes[3].secret: has no use"))
        .anyMatch(p -> p.startsWith("handshakes[4].path: is that of an entry before it"));
  }

  private static HandshakeConfig handshake(
      String path, HandshakeConfig.Kind kind, @Nullable String secret) {
    return new HandshakeConfig(path, kind, secret == null ? null : Secret.of(secret));
  }

  private static Answer get(Door door, String target) {
    return RawHttp.exchange(door.port, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
  }
}
