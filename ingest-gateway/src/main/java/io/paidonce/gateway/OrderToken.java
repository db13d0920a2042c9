package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.Problems;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who may send commands. Its token is random and long, so that a plain digest of it can stand in a
 * configuration: nobody finds 256 random bits by trying.
 *
 * @param name who it is, for the audit of every command
 * @param sha256 hex digest of the token; {@code printf %s TOKEN | sha256sum} prints it
 * @param shops whose orders it may place and change
 */
public record OrderToken(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String sha256,
    @JsonProperty(required = true) List<String> shops) {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  // Of the empty text: what a script digests when its variable is not set.
  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  public OrderToken {
    requireNonNull(name, "name");
    requireNonNull(sha256, "sha256");
    shops = AccountChecks.orEmpty(shops);
  }

  void check(Problems problems) {
    if (!AccountChecks.isId(name)) {
      problems.in("name").add("must be 1 to 64 letters, digits, '.', '_', '-'");
    }
    if (!DIGEST.matcher(sha256).matches()) {
      problems
          .in("sha256")
          .add("must be the token's SHA-256, 64 digits of lower case hexadecimal, not the token");
    } else if (sha256.equals(OF_NOTHING)) {
      problems.in("sha256").add("is the digest of an empty text; make a token");
    }
    if (shops.isEmpty()) {
      problems.in("shops").add("is missing; name the shops whose orders it may change");
    }
  }
}
