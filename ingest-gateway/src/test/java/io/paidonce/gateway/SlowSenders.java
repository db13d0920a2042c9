package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Connections that each send a beginning at once, and then one byte a second until they are cut.
 */
final class SlowSenders implements AutoCloseable {

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<SocketChannel> open = new ArrayList<>();

  private final Future<?> sending;

  private SlowSenders(int port, int count, List<String> beginnings) {
    IntStream.range(0, count).forEach(i -> open(port, beginnings.get(i % beginnings.size())));
    sending = clock.scheduleAtFixedRate(this::sendOneByteEach, 0, 1, TimeUnit.SECONDS);
  }

  static SlowSenders connect(int port, int count, List<String> beginnings) {
    return new SlowSenders(port, count, beginnings);
  }

  synchronized int open() {
    return open.size();
  }

  private synchronized void open(int port, String beginning) {
    try {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      open.add(channel);
      channel.write(ByteBuffer.wrap(beginning.getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void sendOneByteEach() {
    open.removeIf(channel -> !sendOneByte(channel));
  }

  private static boolean sendOneByte(SocketChannel channel) {
    try {
      ByteBuffer answer = ByteBuffer.allocate(1_024);
      int read = channel.read(answer);
      if (read >= 0) {
        channel.write(ByteBuffer.wrap(new byte[] {'1'}));
        return true;
      }
      channel.close();
    } catch (IOException e) {
      // Cut while it was sending.
      closeQuietly(channel);
    }
    return false;
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sending.cancel(true);
    clock.shutdown();
    synchronized (this) {
      open.forEach(SlowSenders::closeQuietly);
    }
  }
}
