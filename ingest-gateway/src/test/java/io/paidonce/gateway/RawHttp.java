package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection that sends exactly the bytes it is told to. */
final class RawHttp implements AutoCloseable {

  /**
   * @param headers names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawHttp connect(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(15_000);
      socket.setTcpNoDelay(true);
      return new RawHttp(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request on a connection of its own. */
  static Answer exchange(int port, String request) {
    try (RawHttp http = connect(port)) {
      return http.send(request).answer();
    }
  }

  /** A POST with these header lines, each ended by CR LF. */
  static String post(String path, String headerLines, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + headerLines
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  RawHttp send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  RawHttp send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends as far as the other side lets it. */
  RawHttp sendInVain(byte[] bytes) {
    try {
      return send(bytes);
    } catch (UncheckedIOException closed) {
      return this;
    }
  }

  Answer answer() {
    try {
      String statusLine = line(in);
      if (statusLine.isEmpty()) {
        throw new IOException("closed without an answer");
      }
      Map<String, String> headers = new TreeMap<>();
      String header = line(in);
      while (!header.isEmpty()) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).trim());
        header = line(in);
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      String body = new String(in.readNBytes(length), ISO_8859_1);
      return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more will be sent, and reads whatever comes until the other side closes. */
  String finish() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      socket.shutdownOutput();
      in.transferTo(read);
    } catch (java.net.SocketException reset) {
      // Closed as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.toString(ISO_8859_1);
  }

  /** Reads whatever still comes until the other side closes, and says how long that took. */
  Duration untilClosed() {
    long began = System.nanoTime();
    try {
      while (in.read() >= 0) {
        // Thrown away.
      }
    } catch (java.net.SocketException reset) {
      // Closed as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (b != '\r') {
        line.write(b);
      }
      b = in.read();
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
