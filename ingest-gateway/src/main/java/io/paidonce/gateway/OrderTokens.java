package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that are accepted. Which of them a wrong one resembles can't be told by time. */
final class OrderTokens {

  private static final String BEARER = "Bearer ";

  private final Map<OrderToken, byte[]> digests = new LinkedHashMap<>();

  OrderTokens(List<OrderToken> tokens) {
    tokens.forEach(token -> digests.put(token, HexFormat.of().parseHex(token.sha256())));
  }

  /**
   * Whose token this is.
   *
   * @param authorization every value of the header of that name
   */
  Optional<OrderToken> bearer(List<String> authorization) {
    if (authorization.size() != 1
        || !authorization.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    byte[] digest = sha256(authorization.get(0).substring(BEARER.length()).strip());
    @Nullable OrderToken found = null;
    for (Map.Entry<OrderToken, byte[]> known : digests.entrySet()) {
      // All of them are compared, whole, whatever the first ones say.
      if (MessageDigest.isEqual(known.getValue(), digest)) {
        found = known.getKey();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
