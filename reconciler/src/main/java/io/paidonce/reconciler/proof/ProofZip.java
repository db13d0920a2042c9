package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The one zip file that some entries make: stored and not compressed, without dates, attributes,
 * extra fields or comments. So every byte of a bundle follows from its entries, a changed one is
 * found wherever it stands, and nothing can be larger than it looks. Any tool opens it.
 */
final class ProofZip {

  /** A bundle of one order; more is no bundle of ours, and is not read. */
  static final int MAX_BYTES = 64 << 20;

  static final int MAX_ENTRIES = 10_000;

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final short VERSION = 10;
  // 1 January 1980, the first day a zip file knows.
  private static final short DAY_ONE = 0x21;

  private ProofZip() {}

  /**
   * Writes.
   *
   * @throws IllegalArgumentException if it would be larger than a bundle may be
   */
  static byte[] write(List<Entry> entries) {
    long bytes = END_BYTES;
    for (Entry entry : entries) {
      bytes += LOCAL_BYTES + CENTRAL_BYTES + 2L * entry.name().length() + entry.bytes().length;
    }
    if (bytes > MAX_BYTES || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "a bundle holds at most "
              + MAX_ENTRIES
              + " entries and "
              + MAX_BYTES
              + " bytes; this would be "
              + entries.size()
              + " entries and "
              + bytes
              + " bytes");
    }
    ByteBuffer out = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> places = new ArrayList<>();
    for (Entry entry : entries) {
      places.add(out.position());
      out.putInt(LOCAL);
      common(out, entry);
      out.put(name(entry)).put(entry.bytes());
    }
    int directory = out.position();
    for (int i = 0; i < entries.size(); i++) {
      out.putInt(CENTRAL).putShort(VERSION);
      common(out, entries.get(i));
      // No comment, first disk, no attributes.
      out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
      out.putInt(places.get(i)).put(name(entries.get(i)));
    }
    int end = out.position();
    short count = (short) entries.size();
    out.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
    out.putInt(end - directory).putInt(directory).putShort((short) 0);
    return out.array();
  }

  private static byte[] name(Entry entry) {
    return entry.name().getBytes(US_ASCII);
  }

  private static void common(ByteBuffer out, Entry entry) {
    CRC32 crc = new CRC32();
    crc.update(entry.bytes());
    // No flags, stored, at midnight.
    out.putShort(VERSION).putShort((short) 0).putShort((short) 0);
    out.putShort((short) 0).putShort(DAY_ONE);
    out.putInt((int) crc.getValue());
    out.putInt(entry.bytes().length).putInt(entry.bytes().length);
    out.putShort((short) entry.name().length()).putShort((short) 0);
  }

  /**
   * Reads the entries by their local headers, each of them bounded by the bytes that are there.
   * Whether the whole is what they make, {@link #requireWrittenFrom} says.
   */
  static List<Entry> read(byte[] zip) throws BadBundleException {
    if (zip.length > MAX_BYTES) {
      throw new BadBundleException(
          "it is " + zip.length + " bytes; a bundle is at most " + MAX_BYTES);
    }
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try {
      while (in.getInt(in.position()) == LOCAL) {
        Entry entry = local(in);
        if (!names.add(entry.name())) {
          throw new BadBundleException("entry " + entry.name() + " is there twice");
        }
        entries.add(entry);
        if (entries.size() > MAX_ENTRIES) {
          throw new BadBundleException("it has more than " + MAX_ENTRIES + " entries");
        }
      }
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new BadBundleException(
          "byte " + in.position() + ": the file ends amid an entry, or before its directory");
    }
    return entries;
  }

  private static Entry local(ByteBuffer in) throws BadBundleException {
    int start = in.position();
    int size = in.getInt(start + 18);
    int nameLength = Short.toUnsignedInt(in.getShort(start + 26));
    int extra = Short.toUnsignedInt(in.getShort(start + 28));
    in.position(start + LOCAL_BYTES);
    byte[] name = new byte[nameLength];
    in.get(name);
    String text = new String(name, US_ASCII);
    if (!Entry.isName(text)) {
      throw new BadBundleException(
          "byte " + (start + LOCAL_BYTES) + ": an entry's name is none of a bundle's");
    }
    if (size < 0 || extra != 0 || size > in.remaining()) {
      throw new BadBundleException(
          "byte "
              + start
              + ": entry "
              + text
              + " says that it is "
              + Integer.toUnsignedLong(size)
              + " bytes, with "
              + in.remaining()
              + " left, and "
              + extra
              + " extra ones");
    }
    byte[] content = new byte[size];
    in.get(content);
    return Entry.of(text, content);
  }

  /** Requires that the file is what its entries make, byte by byte. */
  static void requireWrittenFrom(List<Entry> entries, byte[] zip) throws BadBundleException {
    byte[] made = write(entries);
    int differs = Arrays.mismatch(made, zip);
    if (differs >= 0) {
      throw new BadBundleException(
          "byte " + differs + ": " + where(entries, differs) + " is not as prove writes it");
    }
  }

  private static String where(List<Entry> entries, int at) {
    long position = 0;
    for (Entry entry : entries) {
      long header = position + LOCAL_BYTES + entry.name().length();
      if (at < header) {
        return "the header of " + entry.name();
      }
      position = header + entry.bytes().length;
      if (at < position) {
        return "the content of " + entry.name();
      }
    }
    for (Entry entry : entries) {
      position += CENTRAL_BYTES + entry.name().length();
      if (at < position) {
        return "the directory's line of " + entry.name();
      }
    }
    return at < position + END_BYTES ? "the end of the directory" : "what follows the bundle";
  }
}
