package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers by their tokens. Only hashes are kept and compared, each of them to its end and all
 * of them whatever fits, so that the time it takes says nothing of any.
 */
final class Callers {

  private static final String SCHEME = "Bearer ";

  private final List<Known> known = new ArrayList<>();

  private record Known(String sha256, Caller caller) {}

  /**
   * @param access absent where everybody may ask
   */
  Callers(@Nullable ApiAccess access) {
    if (access == null) {
      return;
    }
    for (ApiAccess.Token token : access.tokens()) {
      List<String> shops = token.shops();
      known.add(
          new Known(
              token.sha256().toLowerCase(Locale.ROOT),
              new Caller(
                  token.name(),
                  token.roleOrDefault(),
                  shops == null ? Set.of() : Set.copyOf(shops))));
    }
  }

  /**
   * Who asks.
   *
   * @param authorization the header
   * @throws BadQuestionException if it names nobody
   */
  Caller of(@Nullable String authorization) {
    if (known.isEmpty()) {
      return Caller.ANYBODY;
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused("no token was given", "Send the header Authorization: Bearer TOKEN.");
    }
    byte[] hash =
        EventHeaders.sha256Hex(authorization.substring(SCHEME.length()).strip().getBytes(UTF_8))
            .getBytes(UTF_8);
    Caller found = null;
    for (Known one : known) {
      if (MessageDigest.isEqual(one.sha256().getBytes(UTF_8), hash)) {
        found = one.caller();
      }
    }
    if (found == null) {
      throw refused(
          "the token is none of those that are configured",
          "Ask whoever runs the projector for one; projector.access.tokens holds their hashes.");
    }
    return found;
  }

  private static BadQuestionException refused(String detail, String hint) {
    return new BadQuestionException(
        new Problem(401, "Unauthorized", detail, hint).of("authorization"));
  }
}
