package io.paidonce.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A 64-bit hash of texts, for telling millions of rows apart in little memory. No secret in it. */
final class Digest64 {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  // No text holds these, so that neighbours can't run into each other, nor null into "".
  private static final char END = '\uffff';
  private static final char NULL = '\ufffe';

  private Digest64() {}

  static long of(List<@Nullable String> cells) {
    long hash = FNV_OFFSET;
    for (String cell : cells) {
      hash = add(hash, cell);
    }
    return mix(hash);
  }

  static long of(@Nullable String cell) {
    return mix(add(FNV_OFFSET, cell));
  }

  private static long add(long hash, @Nullable String cell) {
    long grown = hash;
    if (cell == null) {
      grown = (grown ^ NULL) * FNV_PRIME;
    } else {
      for (int i = 0; i < cell.length(); i++) {
        grown = (grown ^ cell.charAt(i)) * FNV_PRIME;
      }
    }
    return (grown ^ END) * FNV_PRIME;
  }

  // FNV's high bits are weak; this is the finaliser of MurmurHash3.
  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
