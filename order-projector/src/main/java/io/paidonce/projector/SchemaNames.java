package io.paidonce.projector;

import java.util.regex.Pattern;

/**
 * The schemas of one read store.
 *
 * @param live where everybody reads
 * @param building where a rebuild writes until it takes that place
 * @param old where the one before is kept after that
 */
record SchemaNames(String live, String building, String old) {

  // Plain ones need no quotes, neither here nor in a connection's search_path.
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,50}");

  /**
   * Throws IllegalStateException if the name of the live one is none that others can be made of.
   */
  static SchemaNames of(String live) {
    if (!PLAIN.matcher(live).matches()) {
      throw new IllegalStateException(
          "the read store is in the schema \""
              + live
              + "\"; a rebuild makes other names of it and needs lower-case letters, digits and _,"
              + " at most 51");
    }
    return new SchemaNames(live, live + "_rebuild", live + "_old");
  }
}
