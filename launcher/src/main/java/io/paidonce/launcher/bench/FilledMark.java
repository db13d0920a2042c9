package io.paidonce.launcher.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Says that the topics in a folder were filled to the end. Offsets are foretold as they are filled,
 * so that one that was broken off can't be gone on with.
 */
final class FilledMark {

  private final Path file;

  private FilledMark(Path file) {
    this.file = file;
  }

  /** The mark of a folder that is new, empty or filled; any other is refused. */
  static FilledMark in(Path folder) throws IOException {
    FilledMark mark = new FilledMark(folder.resolve("filled"));
    if (!mark.isThere() && Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new IllegalArgumentException(
              folder
                  + " was not filled to the end, or holds something else; delete it, or name"
                  + " another with --keep");
        }
      }
    }
    return mark;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  void put(long inputs) throws IOException {
    Files.writeString(file, inputs + " inputs" + System.lineSeparator(), UTF_8);
  }
}
