package io.paidonce.reconciler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.projector.story.TopicStory;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv2.WechatV2Protocol;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.reconciler.replay.MemoryLog;
import io.paidonce.streams.VirtualTopology;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Some orders of one shop, really signed by their providers, through the real topology: one told by
 * an encrypted callback and told again, one by a form, one by a shared secret, and one that nobody
 * pays.
 */
public final class SignedTraffic {

  public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  public static final OrderKey WECHAT_V3 = new OrderKey("tea", "A1");
  public static final OrderKey ALIPAY = new OrderKey("tea", "B1");
  public static final OrderKey WECHAT_V2 = new OrderKey("tea", "C1");
  public static final OrderKey UNPAID = new OrderKey("tea", "D1");
  public static final String MCHID = "1900000001";
  public static final String APP_ID = "2021000000000001";
  public static final String KEY_ID = "PUB_KEY_ID_0119000000012026013100";

  /** The only secret of all accounts. */
  public static final Secret SHARED = Secret.of("an-api-v3-key-of-32-bytes-000001");

  private static final KeyPair PROVIDER = KeyText.newRsaKeyPair();
  private static final String SELLER = "2088000000000001";
  private static final String APPID = "wx0000000000000001";
  private static final Duration UNTIL_DUE = Duration.ofMinutes(5);

  public static final AccountConfig WECHAT_V3_CONFIG =
      new WechatV3Config(
          WechatV3Protocol.ID,
          MCHID,
          "tea",
          List.of(SHARED),
          List.of(new PlatformKey(KEY_ID, KeyText.publicKeyPem(PROVIDER.getPublic()))),
          List.of(APPID),
          List.of());
  public static final AccountConfig ALIPAY_CONFIG =
      new AlipayConfig(
          AlipayProtocol.ID,
          APP_ID,
          "tea",
          SELLER,
          List.of(KeyText.publicKeyBase64(PROVIDER.getPublic())),
          null);
  public static final AccountConfig WECHAT_V2_CONFIG =
      new WechatV2Config(
          WechatV2Protocol.ID, MCHID, "tea", List.of(SHARED), List.of(), List.of(APPID));

  private final MemoryLog log = new MemoryLog();
  private int deliveries;

  private SignedTraffic() {}

  /** The accounts with all their keys. */
  public static List<AccountConfig> accounts() {
    return List.of(WECHAT_V3_CONFIG, ALIPAY_CONFIG, WECHAT_V2_CONFIG);
  }

  /** Plays it. */
  public static MemoryLog play(Path stateDir) {
    return play(stateDir, (log, topology) -> {});
  }

  /**
   * Plays it, and goes on.
   *
   * @param then is given the log and the topology that wrote it
   */
  public static MemoryLog play(Path stateDir, BiConsumer<MemoryLog, VirtualTopology> then) {
    SignedTraffic traffic = new SignedTraffic();
    try (VirtualTopology topology = new VirtualTopology(stateDir, START)) {
      traffic.run(topology);
      then.accept(traffic.log, topology);
    }
    return traffic.log;
  }

  private void run(VirtualTopology topology) {
    CallbackSigner v3 =
        new WechatV3Signer(PROVIDER.getPrivate(), KEY_ID, SHARED, MCHID, APPID, new Random(1));
    CallbackSigner alipay = new AlipaySigner(PROVIDER.getPrivate(), APP_ID, SELLER);
    CallbackSigner v2 =
        new WechatV2NoticeSigner(SHARED, "HMAC-SHA256", MCHID, APPID, new Random(1));
    Account v3Account = open(new WechatV3Protocol(), WECHAT_V3_CONFIG);
    Account alipayAccount = open(new AlipayProtocol(), ALIPAY_CONFIG);
    Account v2Account = open(new WechatV2Protocol(), WECHAT_V2_CONFIG);
    Instant at = START;
    for (OrderKey order : List.of(WECHAT_V3, ALIPAY, WECHAT_V2, UNPAID)) {
      at = at.plusSeconds(1);
      command(
          topology,
          at,
          OrderCommand.place(order, Money.of(1200, "CNY"), policy(order), "place", "shop", at));
    }
    at = at.plusSeconds(20);
    callback(topology, at, v3Account, v3.payment(notice("4200001", WECHAT_V3, at), at));
    callback(topology, at, alipayAccount, alipay.payment(notice("2026002", ALIPAY, at), at));
    callback(topology, at, v2Account, v2.payment(notice("4200003", WECHAT_V2, at), at));
    at = at.plusSeconds(15);
    callback(topology, at, v3Account, v3.payment(notice("4200001", WECHAT_V3, at), at));
    at = at.plusSeconds(30);
    command(topology, at, OrderCommand.ship(WECHAT_V3, "ship", "shop", at));
    topology.moveTo(START.plus(UNTIL_DUE.multipliedBy(2)));
    keep(topology, START.plus(UNTIL_DUE.multipliedBy(2)));
    // What the ledger's clock calls over is an input like any other.
    topology.moveTo(START.plus(UNTIL_DUE.multipliedBy(3)));
    keep(topology, START.plus(UNTIL_DUE.multipliedBy(3)));
  }

  private static PaymentPolicy policy(OrderKey order) {
    return order.equals(UNPAID)
        ? PaymentPolicy.DEFAULT.withDeadline((int) UNTIL_DUE.toSeconds(), OnDeadline.LOCAL)
        : PaymentPolicy.DEFAULT;
  }

  private static PaidNotice notice(String transaction, OrderKey order, Instant at) {
    return new PaidNotice(
        "EV-" + transaction, transaction, order.orderNo(), 1200, "CNY", at.minusSeconds(1));
  }

  private void command(VirtualTopology topology, Instant at, OrderCommand command) {
    send(
        topology,
        at,
        Topics.ORDER_COMMANDS.record(
            command.order().toString(),
            command,
            new EventHead(command.commandId(), "/shop", at, null)));
  }

  private void callback(
      VirtualTopology topology, Instant at, Account account, SignedCallback signed) {
    Map<String, List<String>> headers = new HashMap<>();
    signed
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict =
        account.receive(
            new CallbackRequest(headers, signed.body(), at, "delivery-" + ++deliveries));
    for (PaymentNotification told : ((Verdict.Authentic) verdict).notifications()) {
      send(
          topology,
          at,
          Topics.PAYMENT_NOTIFICATIONS.record(
              told.key(), told, new EventHead(told.deliveryId(), "/gateway", at, null)));
    }
  }

  private void send(VirtualTopology topology, Instant at, ProducerRecord<byte[], byte[]> record) {
    topology.moveTo(at);
    log.add(record, at);
    topology.send(record);
    keep(topology, at);
  }

  private void keep(VirtualTopology topology, Instant at) {
    for (Topic<?> topic : Topics.all()) {
      topology.written(topic).forEach(record -> log.add(record, at));
    }
  }

  /** An account that is open. */
  public static <C extends AccountConfig> Account open(
      CallbackProtocol<C> protocol, AccountConfig config) {
    Problems problems = Problems.none();
    return protocol
        .open(protocol.configType().cast(config), problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  /** Where an order's records stand, as {@code paidonce order --from-topics} finds them. */
  public static Places places(MemoryLog log, OrderKey order) {
    return Places.of(story(log, order));
  }

  /** An order's story, from the topics alone. */
  public static JsonNode story(MemoryLog log, OrderKey order) {
    TopicStory story = new TopicStory(order);
    for (Topic<?> topic : Topics.all()) {
      for (ConsumerRecord<byte[], byte[]> record : log.records(topic)) {
        try {
          story.take(
              new RecordCoordinates(record.topic(), record.partition(), record.offset()),
              topic.read(record.headers(), record.value()),
              Optional.empty());
        } catch (UnreadableRecordException e) {
          throw new AssertionError(e);
        }
      }
    }
    return story.tell().orElseThrow();
  }
}
