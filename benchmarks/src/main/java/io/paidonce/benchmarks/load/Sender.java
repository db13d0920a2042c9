package io.paidonce.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends prepared requests and reads the answers, on one thread without a library: what the
 * generator takes of the machine is missing to what is measured.
 */
final class Sender implements AutoCloseable {

  // A gateway answers within 4 s, whatever happens.
  private static final long LAST_ANSWERS_NANOS = 10_000_000_000L;

  private final InetSocketAddress address;
  private final Requests requests;
  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final Queue<Connection> free = new ArrayDeque<>();
  private int underWay;

  Sender(InetSocketAddress address, Requests requests, int connections) throws IOException {
    this.address = address;
    this.requests = requests;
    for (int i = 0; i < connections; i++) {
      connect();
    }
  }

  /**
   * Returns when the phase is over and all is answered, or nothing more will be.
   *
   * @return whether it ended early, since no new callback was left
   */
  boolean run(Script script, Pace pace, Tally tally) throws IOException {
    long now = System.nanoTime();
    while (!pace.isOver(now) && !script.isOut()) {
      sendDue(script, pace, tally, now);
      await(pace.patienceNanos(System.nanoTime()));
      readAnswers(tally);
      now = System.nanoTime();
    }
    boolean early = !pace.isOver(now);
    long deadline = System.nanoTime() + LAST_ANSWERS_NANOS;
    while (underWay > 0 && System.nanoTime() - deadline < 0) {
      selector.select(10);
      readAnswers(tally);
    }
    for (int i = 0; i < underWay; i++) {
      tally.failed("no answer");
    }
    return early;
  }

  private void sendDue(Script script, Pace pace, Tally tally, long now) throws IOException {
    while (!free.isEmpty() && !script.isOut() && !pace.isOver(now)) {
      long due = pace.take(now);
      if (due == Pace.NOT_YET) {
        return;
      }
      Shot shot = script.next(due);
      tally.sending(shot);
      underWay++;
      send(free.remove(), requests.get(shot.number()), shot, tally);
    }
  }

  private void send(Connection connection, ByteBuffer request, Shot shot, Tally tally)
      throws IOException {
    try {
      connection.send(request, shot);
    } catch (IOException e) {
      lost(connection, tally);
    }
  }

  private void await(long nanos) throws IOException {
    if (nanos >= 1_000_000) {
      selector.select(nanos / 1_000_000);
    } else if (selector.selectNow() == 0 && nanos > 0) {
      LockSupport.parkNanos(nanos);
      selector.selectNow();
    }
  }

  private void readAnswers(Tally tally) throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      Connection connection = (Connection) key.attachment();
      try {
        if (key.isWritable()) {
          connection.write();
        }
        if (key.isReadable()) {
          int status = connection.read();
          if (status != 0) {
            underWay--;
            tally.answered(connection.finished(), status, System.nanoTime());
            free.add(connection);
          }
        }
      } catch (IOException e) {
        lost(connection, tally);
      }
    }
    selector.selectedKeys().clear();
  }

  private void lost(Connection connection, Tally tally) throws IOException {
    if (connection.shot().equals(Shot.NONE)) {
      free.remove(connection); // one that waits too long is closed by right
    } else {
      underWay--;
      tally.failed("connection lost");
    }
    connection.close();
    connections.remove(connection);
    connect();
  }

  private void connect() throws IOException {
    Connection connection = Connection.open(address, selector);
    connections.add(connection);
    free.add(connection);
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
