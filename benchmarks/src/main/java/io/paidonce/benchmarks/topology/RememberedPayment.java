package io.paidonce.benchmarks.topology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An entry of intake's memory as the topology wrote it, from which entries of other transactions
 * are made: the same but for the transaction's id, in the identity and in the receipt.
 */
final class RememberedPayment {

  private static final String KIND = ":payment:";

  private final String account;
  private final String transactionId;
  private final byte[] entry;
  private final int idAt;

  private RememberedPayment(String account, String transactionId, byte[] entry, int idAt) {
    this.account = account;
    this.transactionId = transactionId;
    this.entry = entry;
    this.idAt = idAt;
  }

  /** Whether an identity is a payment's: commands are remembered beside them. */
  static boolean is(byte[] identity) {
    return new String(identity, UTF_8).contains(KIND);
  }

  /**
   * Takes one apart.
   *
   * @throws IllegalStateException if its receipt does not name its transaction
   */
  static RememberedPayment of(byte[] identity, byte[] entry) {
    String text = new String(identity, UTF_8);
    int kindAt = text.indexOf(KIND);
    String transactionId = text.substring(kindAt + KIND.length());
    // One character a byte, whatever the bytes are: places in the text are places in the entry.
    int idAt = new String(entry, ISO_8859_1).indexOf(transactionId);
    if (idAt < 0) {
      throw new IllegalStateException("the receipt of " + text + " does not name its transaction");
    }
    return new RememberedPayment(text.substring(0, kindAt), transactionId, entry.clone(), idAt);
  }

  String transactionId() {
    return transactionId;
  }

  /** Under which another transaction is remembered. */
  byte[] identityOf(String otherId) {
    return (account + KIND + otherId).getBytes(UTF_8);
  }

  /** The key of its notification, which decides whose memory it is in. */
  byte[] notificationKeyOf(String otherId) {
    return (account + ":" + otherId).getBytes(UTF_8);
  }

  /** What is remembered of it. */
  byte[] entryOf(String otherId) {
    byte[] id = otherId.getBytes(US_ASCII);
    if (id.length != transactionId.length()) {
      throw new IllegalArgumentException(
          "a transaction id of "
              + id.length
              + " characters where it has "
              + transactionId.length());
    }
    byte[] other = entry.clone();
    System.arraycopy(id, 0, other, idAt, id.length);
    return other;
  }
}
