package io.paidonce.gateway;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Where requests of sources that failed too often wait for their verification: one of them at a
 * time in the whole gateway, each source in its turn, and between two of them whatever else has
 * come. So a flood of forgeries takes no more than what others leave, and an authentic callback
 * from the same address (a shared proxy, a provider's network) is later, but not refused for its
 * neighbours: only where it would wait longer than the lane has room for. Who is authentic can't be
 * known before it was verified, so nothing less than verifying it will do.
 */
final class SlowLane {

  private final int most;
  private final int mostOfOne;
  // In turn: a source that was served goes behind the others.
  private final Map<InetAddress, ArrayDeque<Waiting>> sources = new LinkedHashMap<>();
  private int waiting;
  private boolean busy;

  /** A request whose body is whole. */
  private record Waiting(Executor eventLoop, Runnable verification) {}

  SlowLane(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Whether one more of a source would find no room; a guess before its body is read. */
  synchronized boolean isFull(InetAddress source) {
    ArrayDeque<Waiting> own = sources.get(source);
    return waiting >= most || (own != null && own.size() >= mostOfOne);
  }

  /**
   * Has it verified in its turn; false where there is no room.
   *
   * @param eventLoop where, and behind what is to be done there already
   */
  synchronized boolean enter(InetAddress source, Executor eventLoop, Runnable verification) {
    if (isFull(source)) {
      return false;
    }
    sources
        .computeIfAbsent(source, first -> new ArrayDeque<>())
        .add(new Waiting(eventLoop, verification));
    waiting++;
    if (!busy) {
      busy = true;
      serveNext();
    }
    return true;
  }

  synchronized int waiting() {
    return waiting;
  }

  private void serveNext() {
    Iterator<Map.Entry<InetAddress, ArrayDeque<Waiting>>> turns = sources.entrySet().iterator();
    if (!turns.hasNext()) {
      busy = false;
      return;
    }
    Map.Entry<InetAddress, ArrayDeque<Waiting>> turn = turns.next();
    turns.remove();
    ArrayDeque<Waiting> own = turn.getValue();
    Waiting next = own.remove();
    waiting--;
    if (!own.isEmpty()) {
      sources.put(turn.getKey(), own);
    }
    next.eventLoop().execute(() -> serve(next));
  }

  private void serve(Waiting next) {
    try {
      next.verification().run();
    } finally {
      synchronized (this) {
        serveNext();
      }
    }
  }
}
