package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Answers to handshakes, by path. What is sent back was sent by a stranger: it is short, plain, and
 * where the provider proves itself, sent back only after that.
 */
final class Handshakes {

  // What a page could do something with is no challenge.
  private static final Pattern ECHOED = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");
  private static final Pattern HEX_SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Map<String, HandshakeConfig> byPath;

  private Handshakes(Map<String, HandshakeConfig> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /** Reports what is wrong with any of them. */
  static Handshakes of(List<HandshakeConfig> configs, Problems problems) {
    Map<String, HandshakeConfig> byPath = new HashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      configs.get(i).check(problems.at(i));
      if (byPath.putIfAbsent(configs.get(i).path(), configs.get(i)) != null) {
        problems.at(i).in("path").add("is that of an entry before it; give each its own");
      }
    }
    return new Handshakes(byPath);
  }

  Optional<HandshakeConfig> at(@Nullable String path) {
    return path == null ? Optional.empty() : Optional.ofNullable(byPath.get(path));
  }

  /**
   * The answer; empty where it is refused.
   *
   * @param parameters every value of a query parameter, by its name
   */
  static Optional<CallbackAnswer> answer(
      HandshakeConfig handshake, Function<String, List<String>> parameters) {
    return switch (handshake.kind()) {
      case TOKEN -> token(handshake, parameters);
      case CRC ->
          echoed(parameters, "crc_token")
              .map(
                  token ->
                      new CallbackAnswer(
                          200,
                          "application/json",
                          "{\"response_token\":\"sha256="
                              + Base64.getEncoder()
                                  .encodeToString(hmacSha256(secretOf(handshake), token))
                              + "\"}"));
      case ECHO -> echoed(parameters, "challenge").map(Handshakes::plain);
    };
  }

  private static Optional<CallbackAnswer> token(
      HandshakeConfig handshake, Function<String, List<String>> parameters) {
    Optional<String> signature =
        single(parameters, "signature").filter(s -> HEX_SHA1.matcher(s).matches());
    Optional<String> timestamp = echoed(parameters, "timestamp");
    Optional<String> nonce = echoed(parameters, "nonce");
    if (signature.isEmpty() || timestamp.isEmpty() || nonce.isEmpty()) {
      return Optional.empty();
    }
    String signed =
        Stream.of(secretOf(handshake).reveal(), timestamp.get(), nonce.get())
            .sorted()
            .collect(Collectors.joining());
    String expected = HexFormat.of().formatHex(sha1(signed));
    // Takes as long whatever differs: the token is short enough to be guessed bit by bit.
    return MessageDigest.isEqual(expected.getBytes(US_ASCII), signature.get().getBytes(US_ASCII))
        ? echoed(parameters, "echostr").map(Handshakes::plain)
        : Optional.empty();
  }

  private static CallbackAnswer plain(String echoed) {
    return new CallbackAnswer(200, PLAIN, echoed);
  }

  private static Optional<String> echoed(Function<String, List<String>> parameters, String name) {
    return single(parameters, name).filter(text -> ECHOED.matcher(text).matches());
  }

  private static Optional<String> single(Function<String, List<String>> parameters, String name) {
    List<String> values = parameters.apply(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private static Secret secretOf(HandshakeConfig handshake) {
    Secret secret = handshake.secret();
    if (secret == null) {
      throw new IllegalStateException("a handshake that was not checked: " + handshake.path());
    }
    return secret;
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-1", e);
    }
  }

  private static byte[] hmacSha256(Secret key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.revealBytes(), "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no HmacSHA256", e);
    }
  }
}
