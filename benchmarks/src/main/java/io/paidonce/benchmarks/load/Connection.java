package io.paidonce.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** One keep-alive connection, with at most one request under way. */
final class Connection {

  private static final int LARGEST_ANSWER = 8 << 10;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final String CONTENT_LENGTH = "\r\ncontent-length:";
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private Shot shot = Shot.NONE;

  private Connection(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  static Connection open(InetSocketAddress address, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new Connection(channel, selector);
  }

  /** What is under way; {@link Shot#NONE} where nothing is. */
  Shot shot() {
    return shot;
  }

  void send(ByteBuffer request, Shot what) throws IOException {
    shot = what;
    out = request;
    in.clear();
    write();
  }

  /** Goes on with a request that did not fit the socket at once. */
  void write() throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Reads what has come.
   *
   * @return the HTTP status once the answer is whole, 0 before
   * @throws IOException if the other side closed, or the answer is none
   */
  int read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("closed by the gateway");
    }
    int headEnd = endOfHead();
    if (headEnd < 0) {
      return 0;
    }
    String head = new String(in.array(), 0, headEnd, ISO_8859_1);
    if (in.position() < headEnd + contentLength(head)) {
      return 0;
    }
    return Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10);
  }

  /** Makes it free for another request. */
  Shot finished() {
    Shot done = shot;
    shot = Shot.NONE;
    return done;
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }

  private int endOfHead() {
    byte[] bytes = in.array();
    for (int i = 0; i <= in.position() - END_OF_HEAD.length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + END_OF_HEAD.length;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    int at = head.toLowerCase(Locale.ROOT).indexOf(CONTENT_LENGTH);
    if (at < 0) {
      throw new IOException("an answer without its length");
    }
    int from = at + CONTENT_LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }
}
