package io.paidonce.providers.hmac;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Unreadable;
import io.paidonce.providers.hmac.SignedText.Field;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One source: the signature over the untouched bytes, then the time it signed, then the content.
 */
final class HmacAccount implements Account {

  // With a sign or a dot in it, one signed text could be cut in two ways.
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final String id;
  private final String shop;
  private final Scheme scheme;
  private final Content content;
  private final Optional<CallbackAnswer> accepted;

  HmacAccount(String id, String shop, Source source, Optional<CallbackAnswer> accepted) {
    this.id = id;
    this.shop = shop;
    this.scheme = source.scheme();
    this.content = source.content();
    this.accepted = accepted;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String shop() {
    return shop;
  }

  @Override
  public List<AccountKey> keys() {
    return scheme.keys().stream().map(key -> new AccountKey(key.version(), key.until())).toList();
  }

  @Override
  public Optional<CallbackAnswer> accepted() {
    return accepted;
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    Incoming incoming;
    Map<Field, String> head = new EnumMap<>(Field.class);
    Key key;
    try {
      incoming = new Incoming(request, scheme, content.isForm());
      Signatures signatures =
          Signatures.parse(incoming.required(scheme.signature(), Map.of()), scheme);
      readHead(incoming, signatures, head);
      key = verifyingKey(request, incoming, signatures, head);
      requireFresh(head.get(Field.TIMESTAMP), request.receivedAt());
    } catch (RefusedRequestException e) {
      return e.refused();
    }
    Evidence evidence = new Evidence(key.version(), incoming.evidence(), request.body());
    try {
      return new Authentic(
          List.of(content.read(this, request, head.get(Field.ID)).notification(evidence)));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  private void readHead(Incoming incoming, Signatures signatures, Map<Field, String> head)
      throws RefusedRequestException {
    if (scheme.timestamp() != null) {
      String text = incoming.required(scheme.timestamp(), signatures.pairs());
      requireShape(text, NUMBER, scheme.timestamp() + " is not a decimal number");
      head.put(Field.TIMESTAMP, text);
    }
    if (scheme.id() != null) {
      String text = incoming.required(scheme.id(), signatures.pairs());
      requireShape(text, ID, scheme.id() + " is not 1 to 128 letters, digits, '_', '-'");
      head.put(Field.ID, text);
    }
    if (scheme.signed().covers(Field.QUERY)) {
      head.put(Field.QUERY, incoming.queryText());
    }
  }

  private static void requireShape(String text, Pattern shape, String otherwise)
      throws RefusedRequestException {
    if (!shape.matcher(text).matches()) {
      throw new RefusedRequestException(
          Rejection.MALFORMED_REQUEST, otherwise + ": " + AccountChecks.shown(text));
    }
  }

  private Key verifyingKey(
      CallbackRequest request, Incoming incoming, Signatures signatures, Map<Field, String> head)
      throws RefusedRequestException {
    List<Key> candidates = candidates(request, incoming, signatures);
    List<byte[]> text =
        scheme.signed().bytes(request.body().bytes(), head, incoming.signedParameters());
    for (Key key : candidates) {
      byte[] expected = scheme.digest().of(text, key.bytes());
      for (byte[] mac : signatures.macs()) {
        if (MessageDigest.isEqual(expected, mac)) {
          return key;
        }
      }
    }
    throw mismatch(candidates, request.body().length());
  }

  private List<Key> candidates(CallbackRequest request, Incoming incoming, Signatures signatures)
      throws RefusedRequestException {
    @Nullable String version =
        scheme.keyVersion() == null
            ? null
            : incoming.required(scheme.keyVersion(), signatures.pairs());
    List<Key> candidates =
        scheme.keys().stream()
            .filter(key -> version == null || key.version().equals(version))
            .filter(key -> key.countsAt(request.receivedAt()))
            .toList();
    if (candidates.isEmpty()) {
      throw new RefusedRequestException(
          Rejection.UNKNOWN_KEY,
          (version == null
                  ? ""
                  : scheme.keyVersion() + " is " + AccountChecks.shown(version) + "; ")
              + "the secrets of account "
              + id
              + " are "
              + scheme.keys().stream()
                  .map(key -> key.version() + (key.until() == null ? "" : " until " + key.until()))
                  .collect(Collectors.joining(", ")));
    }
    return candidates;
  }

  // After the signature: a stranger learns nothing of our clock, and what is refused here was said
  // by the source.
  private void requireFresh(@Nullable String timestamp, Instant receivedAt)
      throws RefusedRequestException {
    if (timestamp == null) {
      return;
    }
    long stated = Long.parseLong(timestamp);
    Duration behind =
        scheme.millis()
            ? Duration.ofMillis(Math.subtractExact(receivedAt.toEpochMilli(), stated))
            : Duration.ofSeconds(Math.subtractExact(receivedAt.getEpochSecond(), stated));
    if (behind.abs().compareTo(scheme.tolerance()) > 0) {
      throw new RefusedRequestException(
          Rejection.STALE_TIMESTAMP,
          scheme.timestamp()
              + " is "
              + behind.abs().toSeconds()
              + " s "
              + (behind.isNegative() ? "ahead of" : "behind")
              + " our clock; accepted: "
              + scheme.tolerance().toSeconds()
              + " s (the signature is good: a replay, a queue on the way, a wrong clock, or is the"
              + " unit not "
              + (scheme.millis() ? "milliseconds" : "seconds")
              + "?)");
    }
  }

  private RefusedRequestException mismatch(List<Key> tried, int bodyBytes) {
    return new RefusedRequestException(
        Rejection.SIGNATURE_MISMATCH,
        "the signature fits none of the secrets "
            + tried.stream().map(Key::version).collect(Collectors.joining(", "))
            + " of account "
            + id
            + " and the body of "
            + bodyBytes
            + " bytes as received (the secret of another endpoint, a secret decoded that should"
            + " not be, or a body rewritten on its way?)");
  }
}
