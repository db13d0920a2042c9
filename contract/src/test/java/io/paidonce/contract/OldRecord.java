package io.paidonce.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One record as a build of that time wrote it, kept as a file {@code
 * records/<Type>/v<schema>.json}, or {@code v<schema>-<what>.json} where one file does not show
 * all. Never changed afterwards.
 */
record OldRecord<V>(Topic<V> topic, Class<?> type, Path file) {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "records");

  static List<OldRecord<?>> all() {
    return Samples.all().stream().<OldRecord<?>>flatMap(OldRecord::of).toList();
  }

  private static <V> Stream<OldRecord<V>> of(Samples.Sample<V> sample) {
    Class<?> type = sample.value().getClass();
    Path directory = DIRECTORY.resolve(type.getSimpleName());
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream()
          .map(file -> new OldRecord<>(sample.topic(), type, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that every record type must have for each schema it ever had. */
  static Path file(Class<?> type, int schema) {
    return DIRECTORY.resolve(type.getSimpleName()).resolve("v" + schema + ".json");
  }

  int schema() {
    return Integer.parseInt(file.getFileName().toString().replaceFirst("v(\\d+).*", "$1"));
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  V read() throws UnreadableRecordException {
    return topic.json().read(bytes());
  }

  @Override
  public String toString() {
    return type.getSimpleName() + "/" + file.getFileName();
  }
}
