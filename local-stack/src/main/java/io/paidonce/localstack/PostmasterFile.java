package io.paidonce.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code postmaster.pid}, in which a running PostgreSQL says who it is and whether it is ready. */
record PostmasterFile(Path path) {
  private static final int STATUS_LINE = 7;

  static PostmasterFile of(Path data) {
    return new PostmasterFile(data.resolve("postmaster.pid"));
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Returns the process named in it, if it names one. */
  Optional<Long> pid() {
    return line(0).map(Long::parseLong);
  }

  boolean isReady(long pid) {
    return pid().equals(Optional.of(pid)) && line(STATUS_LINE).equals(Optional.of("ready"));
  }

  /** The file is written while we look, and gone when the server is: both are an empty answer. */
  private Optional<String> line(int index) {
    try {
      List<String> lines = Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList();
      return lines.size() > index
          ? Optional.of(lines.get(index).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
