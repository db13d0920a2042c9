package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.proof.Places.Change;
import io.paidonce.reconciler.replay.Log;
import io.paidonce.reconciler.replay.Replay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Makes the bundle of an order from its records, which are looked up by where they stand. */
public final class ProofMaker {

  private final Lookup lookup;
  private final Log log;
  private final OrderKey order;
  private final Keys keys;
  private final EvidenceCheck evidence;
  private final List<ProofRecord> records = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private ProofMaker(Log log, OrderKey order, Keys keys, LongConsumer progress) {
    this.lookup = new Lookup(log, progress);
    this.log = log;
    this.order = order;
    this.keys = keys;
    this.evidence = EvidenceCheck.of(keys.accounts(), keys.ends());
  }

  /**
   * What is known of the accounts.
   *
   * @param accounts with their keys
   * @param ends the last moment of each key that has one by its id, by {@link EvidenceCheck#name}
   */
  public record Keys(List<AccountConfig> accounts, Map<String, Map<String, Instant>> ends) {}

  /**
   * A bundle.
   *
   * @param zip the file
   * @param report what checking it comes to
   */
  public record Made(RawBytes zip, ProofReport report) {}

  /**
   * Makes one, and checks it.
   *
   * @param progress is told now and then how many records were read, where they have to be searched
   * @throws IllegalArgumentException if it would be larger than a bundle may be, or the accounts
   *     are not sound
   * @throws io.paidonce.reconciler.replay.UntellableException if the log can't be read
   */
  public static Made make(
      Log log, OrderKey order, Places places, Keys keys, Instant now, LongConsumer progress) {
    Bundle bundle = new ProofMaker(log, order, keys, progress).bundle(places, now);
    Bundle.Written written = bundle.write();
    return new Made(written.zip(), ProofCheck.check(written.zip().bytes()));
  }

  private Bundle bundle(Places places, Instant now) {
    Map<RecordCoordinates, Instant> received = received(places.received());
    int partition = Replay.partitionOf(order, log.partitions(Topics.ORDER_INPUTS.name()));
    for (Change change : places.changes()) {
      Instant around = received.getOrDefault(change.source(), change.at());
      Optional<ProofRecord> input =
          find(
              Topics.ORDER_INPUTS,
              partition,
              around,
              one -> isOf(change, one),
              "the input " + change.inputId() + " of version " + change.version());
      find(
          Topics.ORDER_TRANSITIONS,
          partition,
          input.map(found -> Instant.ofEpochMilli(found.head().appendedMs())).orElse(change.at()),
          one -> one.version() == change.version(),
          "the record of version " + change.version());
    }
    records.sort(Contents.IN_ORDER);
    return described(now);
  }

  private Map<RecordCoordinates, Instant> received(List<RecordCoordinates> places) {
    Map<RecordCoordinates, ConsumerRecord<byte[], byte[]>> found = lookup.at(places);
    Map<RecordCoordinates, Instant> times = new TreeMap<>(Places.BY_PLACE);
    for (RecordCoordinates place : places) {
      ConsumerRecord<byte[], byte[]> record = found.get(place);
      if (record == null) {
        missing.add(place + ", which is no longer kept,");
      } else {
        records.add(ProofRecord.of(record));
        times.put(place, Instant.ofEpochMilli(record.timestamp()));
      }
    }
    return times;
  }

  private static boolean isOf(Change change, OrderInput input) {
    return input.inputId().equals(change.inputId()) && input.source().equals(change.source());
  }

  private interface Wanted<V> {
    boolean is(V value);
  }

  private <V> Optional<ProofRecord> find(
      Topic<V> topic, int partition, Instant around, Wanted<V> wanted, String name) {
    byte[] key = order.toString().getBytes(UTF_8);
    Optional<ProofRecord> found =
        lookup
            .near(
                new TopicPartition(topic.name(), partition),
                around,
                record -> Arrays.equals(record.key(), key) && is(topic, record, wanted))
            .map(ProofRecord::of);
    found.ifPresentOrElse(records::add, () -> missing.add(name + ", which is no longer kept,"));
    return found;
  }

  private static <V> boolean is(
      Topic<V> topic, ConsumerRecord<byte[], byte[]> record, Wanted<V> wanted) {
    try {
      return wanted.is(topic.read(record.headers(), record.value()));
    } catch (UnreadableRecordException e) {
      // It made no change of an order: streams could not read it either.
      return false;
    }
  }

  private Bundle described(Instant now) {
    Map<String, ProofAccount> accounts = new TreeMap<>();
    List<Bundle.Item> items = new ArrayList<>();
    List<PaymentNotification> told = new ArrayList<>();
    List<OrderTransition> changes = new ArrayList<>();
    for (ProofRecord record : records) {
      Optional<RawBytes> decrypted = Optional.empty();
      if (record.at().topic().equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
        PaymentNotification notification = read(Topics.PAYMENT_NOTIFICATIONS, record);
        told.add(notification);
        decrypted = evidence.decrypted(notification);
        ProofAccount account = account(notification);
        accounts.put(account.entry().name(), account);
      } else if (record.at().topic().equals(Topics.ORDER_TRANSITIONS.name())) {
        changes.add(read(Topics.ORDER_TRANSITIONS, record));
      }
      items.add(new Bundle.Item(record, decrypted));
    }
    List<ProofAccount> known = List.copyOf(accounts.values());
    String summary = Summary.of(order, now, missing, known, items, told, changes);
    return new Bundle(order, now, missing, summary, known, items);
  }

  private ProofAccount account(PaymentNotification notification) {
    String name = EvidenceCheck.name(notification.protocol(), notification.account());
    return keys.accounts().stream()
        .filter(
            config ->
                config.protocol().equals(notification.protocol())
                    && config.id().equals(notification.account()))
        .findFirst()
        .map(config -> ProofAccount.of(config, keys.ends().getOrDefault(name, Map.of())))
        .orElseGet(() -> ProofAccount.unknown(notification.protocol(), notification.account()));
  }

  private static <V> V read(Topic<V> topic, ProofRecord record) {
    try {
      return topic.read(record.kafkaHeaders(), record.value().bytes());
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(
          record.at() + " can't be put into a bundle: " + e.getMessage(), e);
    }
  }
}
