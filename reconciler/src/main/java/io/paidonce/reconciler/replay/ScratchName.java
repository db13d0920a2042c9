package io.paidonce.reconciler.replay;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a schema that a replay may write. It goes into statements as it is, so that it holds
 * nothing that would need quoting.
 *
 * @param name as PostgreSQL knows it
 */
public record ScratchName(String name) {

  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Set<String> OTHERS = Set.of("public", "information_schema");

  public ScratchName {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--into takes 1 to 63 of a-z, 0-9 and _, beginning with a letter, not: " + name);
    }
    if (OTHERS.contains(name) || name.startsWith("pg_")) {
      throw new IllegalArgumentException(
          "--into " + name + " is a schema of others; name a new one, such as replay_scratch");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
