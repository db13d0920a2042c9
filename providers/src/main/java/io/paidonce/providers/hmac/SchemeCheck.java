package io.paidonce.providers.hmac;

import io.paidonce.providers.Problems;
import io.paidonce.providers.hmac.SignedText.Field;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Scheme} of settings; what would leave a hole is a problem, not a warning. */
final class SchemeCheck {

  private static final int MOST_SECRETS = 8;
  private static final int SHORTEST_KEY_BYTES = 16;
  private static final int LONGEST_TOLERANCE_SECONDS = 3_600;
  private static final int DEFAULT_TOLERANCE_SECONDS = 300;
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern PREFIX = Pattern.compile("[\\x21-\\x7E]{0,64}");

  private final HmacSignature settings;
  private final String path;
  private final Problems problems;

  private SchemeCheck(HmacSignature settings, String path, Problems problems) {
    this.settings = settings;
    this.path = path;
    this.problems = problems;
  }

  /**
   * The scheme; empty exactly when a problem was reported.
   *
   * @param path where its callbacks come in
   */
  static Optional<Scheme> scheme(
      HmacSignature settings, List<HmacSecret> secrets, String path, Problems problems) {
    int before = problems.lines().size();
    Optional<Scheme> scheme =
        new SchemeCheck(settings, path, problems.in("signature"))
            .scheme(secrets, problems.in("secrets"));
    return problems.lines().size() == before ? scheme : Optional.empty();
  }

  private Optional<Scheme> scheme(List<HmacSecret> secrets, Problems atSecrets) {
    Place from = place("from", settings.from());
    SignatureForm form =
        choice(
            "form",
            SignatureForm.named(or(settings.form(), "plain")),
            SignatureForm.PLAIN,
            "plain, pairs or versions");
    Digest digest =
        choice(
            "algorithm",
            Digest.named(or(settings.algorithm(), "HMAC-SHA256")),
            Digest.SHA256,
            "HMAC-SHA256, HMAC-SHA512 or HMAC-SHA1");
    Encoding encoding =
        choice(
            "encoding",
            Encoding.named(or(settings.encoding(), "hex")).filter(e -> e != Encoding.TEXT),
            Encoding.HEX,
            "hex or base64");
    Encoding ofSecrets =
        choice(
            "secretEncoding",
            Encoding.named(or(settings.secretEncoding(), "text")),
            Encoding.TEXT,
            "text, base64 or hex");
    Place timestamp = place("timestamp", settings.timestamp());
    Place id = place("id", settings.id());
    Place keyVersion = place("keyVersion", settings.keyVersion());
    boolean millis = isMillis();
    Duration tolerance = tolerance();
    List<Key> keys = keys(secrets, digest, ofSecrets, atSecrets);
    checkName(form);
    SignedText signed = signed();
    if (from == null || signed == null) {
      if (settings.from() == null) {
        problems.in("from").add("is missing; say where the signature stands: header:X-Signature.");
      }
      return Optional.empty();
    }
    checkCover(signed, "timestamp", timestamp, Field.TIMESTAMP);
    checkCover(signed, "id", id, Field.ID);
    checkBodyPlace(signed, from);
    checkPairs(from, form, timestamp, id, keyVersion);
    return Optional.of(
        new Scheme(
            from,
            form,
            or(settings.scheme(), ""),
            digest,
            encoding,
            signed,
            timestamp,
            millis,
            tolerance,
            id,
            keyVersion,
            keys));
  }

  private @Nullable Place place(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Optional<Place> place = Place.parse(text);
    if (place.isEmpty()) {
      problems
          .in(field)
          .add("must be header:NAME, query:NAME or body:NAME, or signature:NAME for a pair in it.");
    }
    return place.orElse(null);
  }

  private <T> T choice(String field, Optional<T> chosen, T otherwise, String known) {
    if (chosen.isEmpty()) {
      problems.in(field).add("must be " + known + ".");
    }
    return chosen.orElse(otherwise);
  }

  private boolean isMillis() {
    String unit = or(settings.timestampUnit(), "seconds");
    if (!unit.equals("seconds") && !unit.equals("milliseconds")) {
      problems.in("timestampUnit").add("must be seconds or milliseconds.");
    }
    return unit.equals("milliseconds");
  }

  private Duration tolerance() {
    Integer seconds = settings.toleranceSeconds();
    if (seconds != null && (seconds < 1 || seconds > LONGEST_TOLERANCE_SECONDS)) {
      problems
          .in("toleranceSeconds")
          .add("is " + seconds + "; it must be 1 to " + LONGEST_TOLERANCE_SECONDS + ".");
    }
    return Duration.ofSeconds(seconds == null ? DEFAULT_TOLERANCE_SECONDS : seconds);
  }

  private void checkName(SignatureForm form) {
    String name = or(settings.scheme(), "");
    boolean good =
        form == SignatureForm.PLAIN ? PREFIX.matcher(name).matches() : NAME.matcher(name).matches();
    if (!good) {
      problems
          .in("scheme")
          .add(
              form == SignatureForm.PLAIN
                  ? "must be at most 64 printable characters that stand before the signature."
                  : "must be the name that the signatures have, such as v1.");
    }
  }

  private @Nullable SignedText signed() {
    try {
      // Only POST gets here, and only at this path: both are fixed texts of a signed one.
      return SignedText.of(
          or(settings.signed(), "{body}").replace("{method}", "POST").replace("{path}", path));
    } catch (IllegalArgumentException e) {
      problems.in("signed").add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  // What is not signed anybody can write: a time of today on a message of last year.
  private void checkCover(SignedText signed, String name, @Nullable Place place, Field field) {
    if (place == null) {
      if (signed.covers(field)) {
        problems.in(name).add("is missing; signed names it, so say where it stands.");
      }
    } else if (!signed.covers(field)
        && (place.kind() != Place.Kind.QUERY || !signed.covers(Field.QUERY))
        && (place.kind() != Place.Kind.BODY || !signed.coversParameters())) {
      problems.in(name).add("is not part of what is signed, so it would prove nothing.");
    }
  }

  private void checkBodyPlace(SignedText signed, Place from) {
    if (from.kind() == Place.Kind.BODY && !signed.coversParameters()) {
      problems
          .in("from")
          .add("is in the body, and a signature can't cover itself: sign {parameters}.");
    }
    if (from.kind() == Place.Kind.QUERY && signed.covers(Field.QUERY)) {
      problems.in("from").add("is in the query, and a signature can't cover itself.");
    }
    if (from.kind() == Place.Kind.SIGNATURE) {
      problems.in("from").add("must be header:NAME, query:NAME or body:NAME.");
    }
  }

  private void checkPairs(Place from, SignatureForm form, @Nullable Place... others) {
    for (Place other : others) {
      if (other == null) {
        continue;
      }
      if (other.kind() == Place.Kind.SIGNATURE && form != SignatureForm.PAIRS) {
        problems.add(other + " needs form: pairs.");
      }
      if (other.equals(from)
          || (other.kind() == Place.Kind.SIGNATURE && other.name().equals(settings.scheme()))) {
        problems.add(other + " is where the signature itself stands.");
      }
    }
  }

  private List<Key> keys(
      List<HmacSecret> secrets, Digest digest, Encoding encoding, Problems atSecrets) {
    if (secrets.isEmpty()) {
      atSecrets.add("is missing; give the secret that the source signs with.");
    }
    if (secrets.size() > MOST_SECRETS) {
      atSecrets.add("holds " + secrets.size() + " secrets; at most " + MOST_SECRETS + ".");
    }
    List<Key> keys = new ArrayList<>();
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < secrets.size(); i++) {
      HmacSecret secret = secrets.get(i);
      Problems here = atSecrets.at(i);
      if (!VERSION.matcher(secret.version()).matches() || !versions.add(secret.version())) {
        here.in("version").add("must be 1 to 64 letters, digits, '.', '_', '-', each once.");
      }
      Instant until = until(secret.until(), here.in("until"));
      key(secret, encoding, here.in("secret"))
          .ifPresent(key -> keys.add(new Key(secret.version(), digest.key(key), until)));
    }
    return keys;
  }

  private Optional<byte[]> key(HmacSecret secret, Encoding encoding, Problems here) {
    String text = secret.secret().reveal();
    String prefix = or(settings.secretPrefix(), "");
    if (!text.startsWith(prefix)) {
      here.add("does not start with " + prefix + ".");
      return Optional.empty();
    }
    if (!text.equals(text.strip())) {
      here.add("has white space at its start or end (a line break?).");
      return Optional.empty();
    }
    Optional<byte[]> key = encoding.decoded(text.substring(prefix.length()));
    if (key.isEmpty()) {
      here.add(
          "is not " + encoding.wireName() + (prefix.isEmpty() ? "." : " after " + prefix + "."));
    } else if (key.get().length < SHORTEST_KEY_BYTES) {
      here.add(
          "is "
              + key.get().length
              + " bytes; at least "
              + SHORTEST_KEY_BYTES
              + " are needed against guessing.");
      return Optional.empty();
    }
    return key;
  }

  private static @Nullable Instant until(@Nullable String text, Problems here) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      here.add("must be an instant such as 2026-02-01T00:00:00Z.");
      return null;
    }
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
