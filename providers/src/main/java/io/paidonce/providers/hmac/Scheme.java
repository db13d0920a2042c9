package io.paidonce.providers.hmac;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one source signs: its settings, checked and complete.
 *
 * @param name of the pair or version that is a signature; of a plain one the text before it
 */
record Scheme(
    Place signature,
    SignatureForm form,
    String name,
    Digest digest,
    Encoding encoding,
    SignedText signed,
    @Nullable Place timestamp,
    boolean millis,
    Duration tolerance,
    @Nullable Place id,
    @Nullable Place keyVersion,
    List<Key> keys) {

  /** Everywhere that a request is looked at beside its body. */
  List<Place> places() {
    return Stream.of(signature, timestamp, id, keyVersion).filter(Objects::nonNull).toList();
  }

  /** Whether a pair beside the signature is one of those places. */
  boolean reads(String pair) {
    return places().contains(new Place(Place.Kind.SIGNATURE, pair));
  }

  /** Whether the body's parameters take part, so that they are read before anything is verified. */
  boolean readsParameters() {
    return signed.coversParameters()
        || places().stream().anyMatch(place -> place.kind() == Place.Kind.BODY);
  }
}
