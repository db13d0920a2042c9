package io.paidonce.launcher.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that no build can process, each wrong in its own way. */
enum Poison {
  NO_JSON(DeadLetterReason.UNREADABLE_RECORD) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      return bare(Topics.PAYMENT_NOTIFICATIONS.name(), "wechat:1:" + n, text("no json"));
    }
  },
  NO_VALUE(DeadLetterReason.UNREADABLE_RECORD) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      return bare(Topics.PAYMENT_NOTIFICATIONS.name(), "wechat:2:" + n, null);
    }
  },
  ON_ANOTHER_TOPIC(DeadLetterReason.WRONG_TOPIC) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      ProducerRecord<byte[], byte[]> good = placed(n);
      return new ProducerRecord<>(
          Topics.PAYMENT_NOTIFICATIONS.name(), null, good.key(), good.value(), good.headers());
    }
  },
  NO_KEY(DeadLetterReason.UNREADABLE_RECORD) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      return bare(Topics.ORDER_COMMANDS.name(), null, text("{\"schema\":1"));
    }
  },
  LARGE(DeadLetterReason.UNREADABLE_RECORD) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      return bare(Topics.ORDER_COMMANDS.name(), "tea:large-" + n, new byte[50_000]);
    }
  },
  ANOTHER_KEY(DeadLetterReason.WRONG_KEY) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      ProducerRecord<byte[], byte[]> good = placed(n);
      return new ProducerRecord<>(
          good.topic(), null, text("tea:other-" + n), good.value(), good.headers());
    }
  },
  A_NEWER_SCHEMA(DeadLetterReason.UNSUPPORTED_SCHEMA) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      ProducerRecord<byte[], byte[]> good = placed(n);
      String newer =
          new String(good.value(), UTF_8).replaceFirst("\"schema\":\\d+", "\"schema\":99");
      return bare(good.topic(), new String(good.key(), UTF_8), text(newer));
    }
  },
  CHANGED(DeadLetterReason.PAYLOAD_HASH_MISMATCH) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      ProducerRecord<byte[], byte[]> good = placed(n);
      String changed = new String(good.value(), UTF_8).replace("1200", "1201");
      return new ProducerRecord<>(good.topic(), null, good.key(), text(changed), good.headers());
    }
  },
  NOT_OF_OURS(DeadLetterReason.UNREADABLE_RECORD) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      return bare(Topics.ORDER_INPUTS.name(), "tea:input-" + n, text("{}"));
    }
  },
  ON_ANOTHER_LOG(DeadLetterReason.WRONG_TOPIC) {
    @Override
    ProducerRecord<byte[], byte[]> record(int n) {
      ProducerRecord<byte[], byte[]> good = placed(n);
      return new ProducerRecord<>(
          Topics.ORDER_INPUTS.name(), null, good.key(), good.value(), good.headers());
    }
  };

  private final DeadLetterReason reason;

  Poison(DeadLetterReason reason) {
    this.reason = reason;
  }

  /** What it must be kept for. */
  DeadLetterReason reason() {
    return reason;
  }

  abstract ProducerRecord<byte[], byte[]> record(int n);

  private static ProducerRecord<byte[], byte[]> placed(int n) {
    OrderKey order = new OrderKey("tea", "POISON-" + n);
    return Topics.ORDER_COMMANDS.record(
        order.toString(),
        OrderCommand.place(order, Money.of(1200, "CNY"), "place-" + n, "test", Instant.now()),
        new EventHead("poison-" + n, "/test", Instant.now(), null));
  }

  private static ProducerRecord<byte[], byte[]> bare(
      String topic, @Nullable String key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, null, key == null ? null : text(key), value);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
