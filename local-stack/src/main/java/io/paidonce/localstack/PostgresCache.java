package io.paidonce.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where this user's unpacked programs are kept: a place that nobody else can write to. */
final class PostgresCache {
  private PostgresCache() {}

  static Path directory(PostgresAccount account) throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    // An unprivileged account can't look into root's home.
    if (home.isAbsolute() && Files.isWritable(home) && !account.isForeign()) {
      return Files.createDirectories(home.resolve(".cache").resolve("paidonce"));
    }
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    Path shared = Path.of(System.getProperty("java.io.tmpdir"), "paidonce-programs-of-" + user);
    create(shared);
    requireOurs(shared);
    return shared;
  }

  private static void create(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    if (Platform.isWindows()) {
      Files.createDirectories(directory);
    } else {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
  }

  /** In a directory that everybody can write to, somebody else may have been first. */
  private static void requireOurs(Path directory) throws IOException {
    if (Platform.isWindows()) {
      return;
    }
    Path probe = Files.createTempFile("paidonce-", ".probe");
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
      if (!Files.getOwner(directory).equals(Files.getOwner(probe))
          || permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new LocalStackException(
            "Directory "
                + directory
                + " belongs to, or can be written by, somebody else; its programs are not to be trusted: remove it");
      }
    } finally {
      Files.delete(probe);
    }
  }
}
