package io.paidonce.launcher.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where runs leave their logs. */
final class TargetDirectory {

  private static final Path TARGET = Path.of("target", "faults").toAbsolutePath();

  private TargetDirectory() {}

  static Path of(String name) {
    return TARGET.resolve(name);
  }

  /** Empty, whatever an earlier run left there. */
  static Path fresh(String name) {
    Path directory = of(name);
    wipe(directory);
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void wipe(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
