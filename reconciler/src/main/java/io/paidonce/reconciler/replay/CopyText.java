package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {

  private final StringBuilder rows = new StringBuilder();
  private boolean isFirst = true;

  CopyText add(@Nullable String value) {
    if (!isFirst) {
      rows.append('\t');
    }
    isFirst = false;
    if (value == null) {
      rows.append("\\N");
      return this;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
    return this;
  }

  CopyText add(long value) {
    return add(Long.toString(value));
  }

  CopyText add(@Nullable Instant value) {
    return add(value == null ? null : value.toString());
  }

  CopyText json(byte[] json) {
    return add(new String(json, UTF_8));
  }

  void endRow() {
    rows.append('\n');
    isFirst = true;
  }

  int length() {
    return rows.length();
  }

  /** All rows so far, which are forgotten. */
  byte[] take() {
    byte[] bytes = rows.toString().getBytes(UTF_8);
    rows.setLength(0);
    return bytes;
  }
}
