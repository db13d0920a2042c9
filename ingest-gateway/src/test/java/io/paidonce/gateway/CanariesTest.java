package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.gateway.ScriptedPublisher.Published;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.hmac.HmacSigner;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Keys of ours and data of people in requests of every fate: none of them shows in a log at any
 * level, in a metric, in a refusal's record, in what a dead letter says of its bytes, or in the
 * text of a configuration. The bytes themselves are kept where they must be: in the raw topic, and
 * as the original of a dead letter.
 */
class CanariesTest {

  private static final String CARD = "6222020200112233445";
  private static final List<String> CANARIES =
      List.of(
          "api-v3-key-of-shop",
          "api-v2-key-of-shop",
          Shops.HMAC_SECRET,
          "o-simulated-payer",
          "2088000000000001",
          CARD);
  private static final int MUTANTS = 1_000;

  private final Logger ours = (Logger) LoggerFactory.getLogger("io.paidonce");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Door door;

  @BeforeEach
  void open() {
    logged.start();
    ours.addAppender(logged);
    ours.setAdditive(false);
    ours.setLevel(Level.TRACE);
    door = Door.ofProviders(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    door.close();
    ours.setLevel(Level.WARN);
    ours.setAdditive(true);
    ours.detachAppender(logged);
  }

  @Test
  void nothingOfThemShows() throws Exception {
    sendAllFates();
    sendMutants();
    assertThat(logged.list).as("something was logged").hasSizeGreaterThan(500);
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      assertClean("the log", event.getFormattedMessage());
      assertClean("the log", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    assertClean("the metrics", door.metrics.scrape());
    assertThat(door.publisher.publishedTo(Topics.REJECTIONS.name())).isNotEmpty();
    for (Published refused : door.publisher.publishedTo(Topics.REJECTIONS.name())) {
      refused.records().forEach(r -> assertClean("a refusal", new String(r.value(), UTF_8)));
    }
    assertThat(door.deadLetters()).isGreaterThan(3);
    for (Published kept : door.publisher.publishedTo(Topics.DEAD_LETTERS.name())) {
      assertClean("a dead letter", withoutItsOriginal(kept.records().get(0)));
    }
    assertClean("configurations", Shops.all().toString());
  }

  private void sendAllFates() {
    for (GoodRequest good : GoodRequest.all()) {
      door.send(good.path(), good.callback());
      door.send(Shops.WECHAT_B, good.callback());
      String body = new String(good.callback().body().bytes(), ISO_8859_1);
      send(good, body.replace("PAID", CARD).replace("SUCCESS", CARD));
      send(good, body + CARD);
      send(good, CARD + body);
    }
    door.send(Shops.WECHAT_A, Shops.wechatSignerWithWrongApiKey().payment(Shops.notice(NOW), NOW));
    // Signed, and unreadable at a field that holds what must not show.
    var v3 = Shops.wechatSigner();
    String resource =
        v3.resource(Shops.notice(NOW)).toString().replace("\"total\":1200", "\"total\":" + CARD);
    door.send(
        Shops.WECHAT_A,
        v3.body(
            RawBytes.of(
                v3.envelope("n", "TRANSACTION.SUCCESS", "transaction", null, resource, NOW)
                    .toString()
                    .getBytes(UTF_8)),
            NOW));
    SortedMap<String, String> form = Shops.alipaySigner().parameters(Shops.notice(NOW), NOW);
    form.put("total_amount", CARD);
    door.send(Shops.ALIPAY, Shops.alipaySigner().form(form));
    var v2 = Shops.wechatV2Signer(new Random(5));
    SortedMap<String, String> fields = v2.fields(Shops.notice(NOW));
    fields.put("total_fee", CARD);
    door.send(Shops.WECHAT_V2, v2.signed(fields));
    HmacSigner house = new HmacSigner(Shops.hmac("house", "header"));
    door.send(
        Shops.HMAC, house.tree(house.payment(Shops.notice(NOW)).put("amount", CARD), "n", NOW));
    door.send(Shops.HMAC, house.bytes(("{\"a\":" + CARD).getBytes(UTF_8), "n", NOW));
  }

  private void send(GoodRequest good, String body) {
    door.send(
        good.path(),
        new SignedCallback(good.callback().headers(), RawBytes.of(body.getBytes(ISO_8859_1))));
  }

  private void sendMutants() {
    Mutator mutator = new Mutator(GoodRequest.all(), 7);
    try (RawHttp http = RawHttp.connect(door.port)) {
      for (int number = 0; number < MUTANTS; number++) {
        Mutant mutant = mutator.mutant(number);
        if (mutant.framed()) {
          http.send(mutant.bytes()).answer();
        }
      }
    }
  }

  private static String withoutItsOriginal(ProducerRecord<byte[], byte[]> kept)
      throws UnreadableRecordException {
    DeadLetter letter = Topics.DEAD_LETTERS.read(kept.headers(), kept.value());
    assertThat(letter.original()).isNotNull();
    Map<String, String> headers = letter.headers();
    return letter + " " + letter.detail() + " " + headers + " " + letter.origin();
  }

  private static void assertClean(String where, String text) {
    CANARIES.forEach(canary -> assertThat(text).as(where).doesNotContain(canary));
  }
}
