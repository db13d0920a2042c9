package io.paidonce.reconciler.diff;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, each bounded: what comes from elsewhere must not fill the memory. */
final class Lines implements Closeable {

  /** The largest record, each of its bytes escaped, with its coordinates and key. */
  static final int LONGEST = 4 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;
  private long lines;

  Lines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end; null where there is none. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream part = null;
    while (true) {
      for (int i = next; i < end; i++) {
        if (buffer[i] == '\n') {
          byte[] line = taken(part, i);
          next = i + 1;
          lines++;
          return line;
        }
      }
      if (part == null) {
        part = new ByteArrayOutputStream(BUFFER);
      }
      part.write(buffer, next, end - next);
      if (part.size() > LONGEST) {
        throw new IOException("line " + (lines + 1) + " is longer than " + LONGEST + " bytes");
      }
      next = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      if (end == 0) {
        return part.size() == 0 ? null : part.toByteArray();
      }
    }
  }

  private byte[] taken(@Nullable ByteArrayOutputStream part, int until) {
    if (part == null) {
      return Arrays.copyOfRange(buffer, next, until);
    }
    part.write(buffer, next, until - next);
    return part.toByteArray();
  }

  /** How many were read. */
  long count() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
