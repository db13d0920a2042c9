package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.Topics;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The real HTTP side of commands over a scripted publisher. */
final class OrdersDoor implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final String TEA = "token-of-tea-5d7f1c";
  static final String BOTH = "token-of-both-9a3e77";

  final ScriptedPublisher publisher = new ScriptedPublisher();
  final InFlight inFlight = new InFlight(1 << 20);
  final GatewayMetrics metrics;
  final int port;
  private final Vertx vertx = Vertx.vertx();

  OrdersDoor(Timings timings) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    metrics = new GatewayMetrics(inFlight, true, clock);
    OrderTokens tokens =
        new OrderTokens(
            List.of(
                new OrderToken("tea-backend", sha256(TEA), List.of("tea")),
                new OrderToken("both", sha256(BOTH), List.of("tea", "books"))));
    CommandHandler handler =
        new CommandHandler(
            () -> tokens,
            "https://orders.example",
            new BodyReader(Limits.standard()),
            publisher,
            inFlight,
            metrics,
            clock,
            timings.answer());
    CallbackServer server =
        new CallbackServer(
            vertx,
            1,
            new Endpoint("127.0.0.1", 0),
            1,
            handler::handle,
            inFlight,
            metrics,
            Limits.standard(),
            timings,
            LiveTls.off());
    port =
        server
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the token, an id and a content type. */
  RawHttp.Answer post(String token, String path, String body) {
    return send(
        path,
        "Authorization: Bearer "
            + token
            + "\r\nIdempotency-Key: c-1\r\nContent-Type: application/json\r\n",
        body);
  }

  RawHttp.Answer send(String path, String headerLines, String body) {
    return RawHttp.exchange(port, RawHttp.post(path, headerLines, body));
  }

  OrderCommand stored() throws Exception {
    ProducerRecord<byte[], byte[]> sent =
        publisher.publishedTo(Topics.ORDER_COMMANDS.name()).get(0).records().get(0);
    return Topics.ORDER_COMMANDS.read(sent.headers(), sent.value());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    metrics.close();
  }
}
