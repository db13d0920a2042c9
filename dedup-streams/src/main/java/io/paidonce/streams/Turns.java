package io.paidonce.streams;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the tasks of a process say what is due one after another: whose turn it is may say some, and
 * the turn is over when the ledger has read them. All at once would put records into each partition
 * of each topic between two commits, and payments wait for every one of those partitions to be
 * forced to disk; so they wait for one partition more. Turns come in the order in which they were
 * asked for. Threads share it.
 */
final class Turns {

  // What was said is read again, as long as its task lives; nobody waits for ever if it does not.
  private static final long READ_WITHIN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Map<DueOrders, Long> waiting = new LinkedHashMap<>();
  private @Nullable DueOrders speaker;
  private int unread;
  private long beganAtNanos;

  /** Asks for the turn; who does not get it now asks again. */
  synchronized boolean take(DueOrders who, long nanos) {
    waiting.put(who, nanos);
    if (speaker != null && nanos - beganAtNanos <= READ_WITHIN_NANOS) {
      return false;
    }
    speaker = null;
    waiting.values().removeIf(asked -> nanos - asked > READ_WITHIN_NANOS);
    if (!waiting.keySet().iterator().next().equals(who)) {
      return false;
    }
    waiting.remove(who);
    speaker = who;
    unread = 0;
    beganAtNanos = nanos;
    return true;
  }

  /** Whose turn it is has said so many. */
  synchronized void said(DueOrders who, int some) {
    if (who.equals(speaker)) {
      unread = some;
      endIfRead();
    }
  }

  /** The ledger has read one that was said in that partition, now or by whoever had it before. */
  synchronized void read(DueOrders who) {
    if (who.equals(speaker)) {
      unread--;
      endIfRead();
    }
  }

  private void endIfRead() {
    if (unread <= 0) {
      speaker = null;
    }
  }

  /** It has nothing to say any more; what it said is still to be read. */
  synchronized void withdraw(DueOrders who) {
    waiting.remove(who);
  }

  /** Its partition goes elsewhere. */
  synchronized void leave(DueOrders who) {
    waiting.remove(who);
    if (who.equals(speaker)) {
      speaker = null;
    }
  }
}
