package io.paidonce.launcher.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.projector.deadletters.LetterId;
import io.paidonce.projector.deadletters.RedrivePlan;
import io.paidonce.projector.deadletters.StoredLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dead letters as streams keeps them. */
final class Letters {

  static final LetterId ID = new LetterId(3, 17);
  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final RecordCoordinates SOURCE = new RecordCoordinates("order-commands", 4, 120);

  private Letters() {}

  static StoredLetter of(DeadLetterReason reason) {
    return stored(reason, SOURCE, "s1:o1", "{}", 0, Map.of());
  }

  static StoredLetter holding(@Nullable String original) {
    return stored(DeadLetterReason.PROCESSING_FAILED, SOURCE, "s1:o1", original, 0, Map.of());
  }

  static StoredLetter redriven(int times, Map<String, String> headers) {
    return stored(DeadLetterReason.PROCESSING_FAILED, SOURCE, "s1:o1", "{}", times, headers);
  }

  static StoredLetter stored(
      DeadLetterReason reason,
      @Nullable RecordCoordinates source,
      String key,
      @Nullable String original,
      int redrives,
      Map<String, String> headers) {
    return new StoredLetter(
        ID,
        new DeadLetter(
            1,
            reason,
            "a detail",
            source,
            source == null ? "/callbacks/alipay/2021" : source.topic(),
            RawBytes.of(key.getBytes(UTF_8)),
            headers,
            original == null ? null : RawBytes.of(original.getBytes(UTF_8)),
            NOW),
        IntStream.range(0, redrives).mapToObj(Letters::redrive).toList());
  }

  private static DeadLetterRedrive redrive(int n) {
    return new DeadLetterRedrive(
        1, ID.coordinates(), SOURCE, "on-call", "mended", n + 1, NOW.plusSeconds(n));
  }

  static RedrivePlan plan(StoredLetter letter) {
    return RedrivePlan.of(List.of(letter), false);
  }
}
