package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GET request with which a provider tries an address before it sends anything there.
 *
 * @param path its own, not under {@code /callbacks/}
 * @param kind how the provider wants to be answered
 * @param secret the token or key that the provider was given; an ECHO has none
 */
public record HandshakeConfig(
    @JsonProperty(required = true) String path,
    @JsonProperty(required = true) Kind kind,
    @Nullable Secret secret) {

  /** How the provider wants to be answered. */
  public enum Kind {
    /** WeChat official accounts: SHA-1 of token, timestamp and nonce, sorted; echoes echostr. */
    TOKEN,
    /** Answers crc_token with its HMAC-SHA256. */
    CRC,
    /** Echoes challenge to whoever asks. */
    ECHO
  }

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){1,8}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{3,32}");
  private static final int SHORTEST_KEY = 16;

  public HandshakeConfig {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
  }

  void check(Problems problems) {
    if (!PATH.matcher(path).matches() || path.startsWith("/callbacks/")) {
      problems
          .in("path")
          .add("should be a path such as /handshakes/tea, not under /callbacks/; it is " + path);
    }
    Problems here = problems.in("secret");
    Secret given = secret;
    switch (kind) {
      case TOKEN -> {
        if (given == null || !TOKEN.matcher(given.reveal()).matches()) {
          here.add("should be the token of the provider's console, 3 to 32 letters and digits");
        }
      }
      case CRC -> {
        if (given == null || given.reveal().length() < SHORTEST_KEY) {
          here.add("should be the key that the provider was given, 16 characters or more");
        }
      }
      case ECHO -> {
        if (given != null) {
          here.add("has no use: an ECHO is answered to whoever asks; leave it out");
        }
      }
    }
  }
}
