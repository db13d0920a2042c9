package io.paidonce.launcher.orders;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV as RFC 4180 writes it, one record at a time: commas, CRLF or LF, fields in double
 * quotes that may hold commas, line ends and doubled quotes.
 */
final class CsvReader {

  private static final int END = -1;
  private static final int LONGEST_FIELD = 1024;

  private final Reader in;
  private int current;
  private long line = 1;

  /**
   * @param in buffered by the caller, decoded text without a byte order mark
   */
  CsvReader(Reader in) throws IOException {
    this.in = in;
    this.current = in.read();
  }

  /**
   * One record.
   *
   * @param line where it begins, from 1
   */
  record Row(long line, List<String> fields) {}

  /** A record that is not RFC 4180; what follows it can't be told apart. */
  static final class MalformedCsvException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedCsvException(long line, String sentence) {
      super("line " + line + ": " + sentence);
    }
  }

  /** The next record that is no empty line; empty at the end. */
  Optional<Row> next() throws IOException, MalformedCsvException {
    while (current == '\n' || current == '\r') {
      endLine();
    }
    if (current == END) {
      return Optional.empty();
    }
    long begins = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (current == ',') {
      current = in.read();
      fields.add(field());
    }
    endLine();
    return Optional.of(new Row(begins, fields));
  }

  private String field() throws IOException, MalformedCsvException {
    return current == '"' ? quoted() : plain();
  }

  private String plain() throws IOException, MalformedCsvException {
    StringBuilder text = new StringBuilder();
    while (current != ',' && current != '\n' && current != '\r' && current != END) {
      if (current == '"') {
        throw new MalformedCsvException(
            line, "a double quote inside a field that does not begin with one; quote the field");
      }
      append(text);
    }
    return text.toString();
  }

  private String quoted() throws IOException, MalformedCsvException {
    long begins = line;
    StringBuilder text = new StringBuilder();
    current = in.read();
    while (true) {
      if (current == END) {
        throw new MalformedCsvException(begins, "a double quote is opened and never closed");
      }
      if (current == '"') {
        current = in.read();
        if (current != '"') {
          break;
        }
      } else if (current == '\n') {
        line++;
      }
      append(text);
    }
    if (current != ',' && current != '\n' && current != '\r' && current != END) {
      throw new MalformedCsvException(line, "text after a closing double quote");
    }
    return text.toString();
  }

  private void append(StringBuilder text) throws IOException, MalformedCsvException {
    if (text.length() >= LONGEST_FIELD) {
      throw new MalformedCsvException(
          line, "a field of more than " + LONGEST_FIELD + " characters; is a quote missing?");
    }
    text.append((char) current);
    current = in.read();
  }

  private void endLine() throws IOException {
    if (current == '\r') {
      current = in.read();
      if (current != '\n') {
        line++; // a lone CR, as old Macs wrote it
        return;
      }
    }
    if (current == '\n') {
      line++;
      current = in.read();
    }
  }
}
