package io.paidonce.launcher.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process printed, over all its restarts; read from a mark on, to ask what is new. */
record ProcessLog(Path file) {

  /** The place up to which everything is old. */
  long mark() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String since(long mark) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(mark);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - mark));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until all is read, or the file is shorter than it was.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines since then hold this text. */
  long count(long mark, String text) {
    return since(mark).lines().filter(line -> line.contains(text)).count();
  }

  boolean says(long mark, String text) {
    return since(mark).contains(text);
  }
}
