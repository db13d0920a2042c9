package io.paidonce.contract;

/** The rule for layout versions: a reader knows its own and every older one, never a newer one. */
final class Schema {

  private Schema() {}

  static void require(int found, int newest, String record) {
    if (found < 1 || found > newest) {
      throw new UnsupportedSchema(
          record + " of schema " + found + "; this build reads 1 to " + newest);
    }
  }

  /** Told apart from a malformed record, because the fix differs: deploy the newer reader first. */
  static final class UnsupportedSchema extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnsupportedSchema(String message) {
      super(message);
    }
  }
}
