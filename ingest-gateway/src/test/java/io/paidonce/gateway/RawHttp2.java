package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.paidonce.contract.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/2 connection by TLS that sends exactly the frames it is told to. */
final class RawHttp2 implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;
  private static final int PRIORITY_BYTES = 5;

  /** One frame. */
  record Frame(int type, int flags, int stream, RawBytes payload) {

    /** Of RST_STREAM. */
    int errorCode() {
      return payload.bytes()[3];
    }

    ByteBuf headerBlock() {
      ByteBuf block = Unpooled.wrappedBuffer(payload.bytes());
      return (flags & PRIORITY) == 0 ? block : block.skipBytes(PRIORITY_BYTES);
    }
  }

  // Remembers headers from one answer to the next, as HTTP/2 wants it.
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder();
  private final Map<Integer, Integer> statuses = new HashMap<>();
  private final SSLSocket socket;
  private final DataInputStream in;

  private RawHttp2(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawHttp2 connect(int port) {
    try {
      SSLSocket socket =
          (SSLSocket) TlsFiles.trusting().getSocketFactory().createSocket("127.0.0.1", port);
      socket.setSoTimeout(15_000);
      socket.setTcpNoDelay(true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      if (!socket.getApplicationProtocol().equals("h2")) {
        throw new IOException("no h2 but " + socket.getApplicationProtocol());
      }
      RawHttp2 connection = new RawHttp2(socket);
      connection.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      return connection.send(SETTINGS, 0, 0, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header block of a POST; further headers are written as they are. */
  static byte[] head(String path, String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x83); // :method POST
    block.write(0x87); // :scheme https
    block.write(0x04); // :path, literal
    text(block, path);
    block.write(0x01); // :authority, literal
    text(block, "localhost");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0x00);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      int left = length - 127;
      while (left >= 128) {
        block.write(left % 128 + 128);
        left /= 128;
      }
      block.write(left);
    }
    block.writeBytes(text.getBytes(US_ASCII));
  }

  RawHttp2 send(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >> 24);
    frame.write(stream >> 16);
    frame.write(stream >> 8);
    frame.write(stream);
    frame.writeBytes(payload);
    return write(frame.toByteArray());
  }

  /** A whole POST of its own stream. */
  RawHttp2 post(int stream, String path, String body) {
    send(HEADERS, END_HEADERS, stream, head(path));
    return send(DATA, END_STREAM, stream, body.getBytes(US_ASCII));
  }

  private RawHttp2 write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame of this type for this stream, others thrown away; empty at the end. */
  Optional<Frame> next(int type, int stream) {
    try {
      while (true) {
        Frame frame = read();
        if (frame.type() == HEADERS) {
          statuses.put(frame.stream(), decodedStatus(frame));
        }
        if (frame.type() == type && frame.stream() == stream) {
          return Optional.of(frame);
        }
      }
    } catch (EOFException | SocketException closed) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the answer to a stream, whether it came before others or is still to come. */
  int status(int stream) {
    if (!statuses.containsKey(stream) && next(HEADERS, stream).isEmpty()) {
      throw new AssertionError("closed without an answer to " + stream);
    }
    return statuses.getOrDefault(stream, 0);
  }

  private int decodedStatus(Frame frame) {
    try {
      return Integer.parseInt(
          headers.decodeHeaders(frame.stream(), frame.headerBlock()).status().toString());
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  private Frame read() throws IOException {
    int length = (in.readUnsignedByte() << 16) + in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, RawBytes.of(in.readNBytes(length)));
  }

  /** Reads until the other side closes, and says how long that took. */
  Duration untilClosed() {
    long began = System.nanoTime();
    Optional<Frame> none = next(-1, -1);
    if (none.isPresent()) {
      throw new AssertionError("no such frame");
    }
    return Duration.ofNanos(System.nanoTime() - began);
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
