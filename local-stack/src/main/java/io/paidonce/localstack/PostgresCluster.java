package io.paidonce.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of one PostgreSQL: its data, made by initdb at the first start, and the password that
 * keeps other users of this machine out.
 */
record PostgresCluster(DataDirectory directory) {
  static final String USER = "paidonce";

  /** The same order and case on every machine, whatever languages are installed. */
  static final List<String> INITDB_ARGUMENTS =
      List.of(
          "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");

  /** However it is run: committed means stored, and times are UTC. */
  static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "max_connections=80",
          "shared_buffers=64MB",
          "timezone=UTC",
          "log_timezone=UTC");

  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);
  private static final int PASSWORD_BYTES = 16;

  Path data() {
    return directory.resolve("data");
  }

  ChildProcess.Log log() {
    return new ChildProcess.Log(directory.resolve("postgres.log"));
  }

  String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new LocalStackException("Password file can't be read: " + e, e);
    }
  }

  /** Runs initdb unless it was run; a run that was cut short is done again. */
  void initialiseIfNew(PostgresBinaries binaries, PostgresAccount account) {
    if (Files.exists(data())) {
      account.own(directory.path());
      return;
    }
    Path unfinished = directory.resolve("data.new");
    try {
      Deletion.ofTree(unfinished);
      writePassword();
      account.own(directory.path());
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--pgdata=" + unfinished,
                  "--username=" + USER,
                  "--pwfile=" + passwordFile(),
                  "--auth=scram-sha-256",
                  "--no-instructions"));
      arguments.addAll(INITDB_ARGUMENTS);
      ChildProcess.run(
          account.command(binaries.program("initdb"), arguments.toArray(String[]::new)),
          log(),
          INIT_LIMIT);
      Files.move(unfinished, data());
    } catch (IOException e) {
      throw new LocalStackException(
          "PostgreSQL's data directory " + data() + " can't be made: " + e, e);
    }
  }

  static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private void writePassword() throws IOException {
    Path file = passwordFile();
    Files.deleteIfExists(file);
    Files.createFile(file);
    if (!Platform.isWindows()) {
      Files.setPosixFilePermissions(file, TxzArchive.permissions(0600));
    }
    Files.writeString(file, newPassword(), StandardCharsets.US_ASCII);
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }
}
