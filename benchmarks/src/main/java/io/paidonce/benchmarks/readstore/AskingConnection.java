package io.paidonce.benchmarks.readstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * One keep-alive connection that asks and waits for the answer, without a library: what asking
 * takes of the machine is missing to what is measured.
 */
final class AskingConnection implements AutoCloseable {

  private static final int TIMEOUT_MS = 10_000;
  private static final int OK = 200;
  private static final String CONTENT_LENGTH = "\r\ncontent-length:";
  private static final int LARGEST_HEAD = 8 << 10;

  private final Socket socket = new Socket();
  private final InputStream in;

  AskingConnection(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
    in = socket.getInputStream();
  }

  /** Returns the answer's body, or an empty text where its status is not 200. */
  String get(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    byte[] buffer = new byte[LARGEST_HEAD];
    ByteArrayOutputStream answer = new ByteArrayOutputStream(LARGEST_HEAD);
    int headEnd = -1;
    while (headEnd < 0) {
      receive(buffer, answer);
      headEnd = answer.toString(ISO_8859_1).indexOf("\r\n\r\n");
    }
    String head = answer.toString(ISO_8859_1).substring(0, headEnd + 2);
    int length = headEnd + 4 + contentLength(head);
    while (answer.size() < length) {
      receive(buffer, answer);
    }
    int status = Integer.parseInt(head, 9, 12, 10);
    return status == OK ? answer.toString(UTF_8) : "";
  }

  private void receive(byte[] buffer, ByteArrayOutputStream answer) throws IOException {
    int read = in.read(buffer);
    if (read < 0) {
      throw new EOFException("closed by the query API");
    }
    answer.write(buffer, 0, read);
  }

  private static int contentLength(String head) throws IOException {
    int at = head.toLowerCase(Locale.ROOT).indexOf(CONTENT_LENGTH);
    if (at < 0) {
      throw new IOException("an answer without its length");
    }
    int from = at + CONTENT_LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
