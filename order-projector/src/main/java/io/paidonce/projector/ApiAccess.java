package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask the query API. Without it everybody who reaches its address may, as on one's own
 * machine.
 *
 * @param tokens at least one
 * @param pageKey signs the tokens of pages, at least 32 characters; several instances behind one
 *     address need the same. Absent: each instance makes up its own at its start
 */
public record ApiAccess(
    @JsonProperty(required = true) List<Token> tokens, @Nullable String pageKey) {

  private static final int LEAST_KEY = 32;

  /**
   * One token, of which only the hash is kept.
   *
   * @param name whose it is, for the audit: one name for each person, whatever the token
   * @param sha256 of the token's bytes, 64 hex digits
   * @param shops whose orders it may see; absent for every shop's
   * @param role what it may do; absent for reading alone
   */
  public record Token(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String sha256,
      @Nullable List<String> shops,
      @Nullable Role role) {

    // So that two names and what is said of them fit into every record, and none looks like two.
    private static final Pattern OPERATOR = Pattern.compile("[\\p{L}\\p{N}._@' -]{1,24}");

    public Token {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("name is missing; say whose token it is");
      }
      if (role == Role.OPERATOR && !OPERATOR.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "name of an operator must be 1 to 24 letters, digits, spaces and . _ @ ' -: " + name);
      }
      if (sha256 == null || !sha256.matches("[0-9a-fA-F]{64}")) {
        throw new IllegalArgumentException(
            "sha256 must be 64 hex digits: echo -n TOKEN | sha256sum");
      }
      if (shops != null) {
        shops = List.copyOf(shops);
        if (shops.isEmpty()) {
          throw new IllegalArgumentException(
              "shops is empty; name at least one, or leave it out for every shop");
        }
      }
    }

    Role roleOrDefault() {
      return role == null ? Role.VIEWER : role;
    }

    @Override
    public String toString() {
      return "Token[name=" + name + ", sha256=***, shops=" + shops + ", role=" + role + "]";
    }
  }

  public ApiAccess {
    tokens = tokens == null ? List.of() : List.copyOf(tokens);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "tokens is empty; give at least one, or leave access out to let everybody ask");
    }
    Set<String> hashes = new HashSet<>();
    for (Token token : tokens) {
      if (!hashes.add(token.sha256().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "the token of " + token.name() + " is given twice; each needs its own");
      }
    }
    if (pageKey != null && pageKey.getBytes(UTF_8).length < LEAST_KEY) {
      throw new IllegalArgumentException(
          "pageKey is shorter than " + LEAST_KEY + " bytes; make one with openssl rand -hex 32");
    }
  }

  @Override
  public String toString() {
    return "ApiAccess[tokens=" + tokens + ", pageKey=" + (pageKey == null ? "none" : "***") + "]";
  }
}
