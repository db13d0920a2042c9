package io.paidonce.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration is made of, each as it was just before it was read: whatever
 * happens to one afterwards, even while others were still being read, shows. Links are followed, so
 * that a secret mounted by Kubernetes, whose directory is a link that is turned, shows too.
 */
public final class FilesRead {

  private final Map<Path, FileState> states = new LinkedHashMap<>();

  /**
   * What tells two versions of a file apart without reading it.
   *
   * @param bytes its length; -1 where there is no file
   * @param changed when it was last written
   * @param identity which file it is, so that one moved into the place of another shows
   */
  record FileState(long bytes, @Nullable FileTime changed, @Nullable Object identity) {

    static FileState of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(found.size(), found.lastModifiedTime(), found.fileKey());
      } catch (IOException e) {
        // Missing or out of reach: reading it says which.
        return new FileState(-1, null, null);
      }
    }
  }

  /** To be called before a file is read, also where there is none. */
  void reading(Path file) {
    states.computeIfAbsent(file.toAbsolutePath().normalize(), FileState::of);
  }

  /** How they were when they were read. */
  Map<Path, FileState> then() {
    return Map.copyOf(states);
  }

  /** How they are. */
  Map<Path, FileState> now() {
    Map<Path, FileState> now = new LinkedHashMap<>();
    states.keySet().forEach(file -> now.put(file, FileState.of(file)));
    return now;
  }
}
