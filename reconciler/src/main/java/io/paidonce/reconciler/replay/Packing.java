package io.paidonce.reconciler.replay;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Makes texts that resemble each other small, by what each has in common with the first: an order
 * that has not ended takes a fifth of its bytes. For one thread.
 */
final class Packing {

  private static final byte[] NONE = {};

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[4_096];
  private byte[] first = NONE;

  byte[] pack(byte[] text) {
    if (first.length == 0) {
      first = text.clone();
    }
    deflater.reset();
    deflater.setDictionary(first);
    deflater.setInput(text);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream(text.length / 2);
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    return packed.toByteArray();
  }

  /**
   * What was packed by this one.
   *
   * @throws IllegalStateException if it was not
   */
  byte[] unpack(byte[] packed) {
    inflater.reset();
    inflater.setDictionary(first);
    inflater.setInput(packed);
    ByteArrayOutputStream text = new ByteArrayOutputStream(first.length + buffer.length);
    try {
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        if (read == 0 && !inflater.finished()) {
          throw new IllegalStateException("what was packed is not whole");
        }
        text.write(buffer, 0, read);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was packed can't be unpacked", e);
    }
    return text.toByteArray();
  }
}
