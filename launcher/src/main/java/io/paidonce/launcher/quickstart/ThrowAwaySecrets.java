package io.paidonce.launcher.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The secrets of an installation that is only tried: the simulator's accounts and a password for
 * its PostgreSQL, each in a file of its own, as {@code infra/compose} hands them to containers.
 */
public final class ThrowAwaySecrets {

  private static final String PASSWORD = "postgres-password";
  private static final int PASSWORD_LENGTH = 32;

  private ThrowAwaySecrets() {}

  /**
   * Makes all of them.
   *
   * @throws IllegalArgumentException if there are some already: records and databases made with
   *     those could not be read with new ones
   */
  public static void make(Path directory) throws IOException {
    if (Files.exists(directory.resolve(PASSWORD + ".txt"))) {
      throw new IllegalArgumentException(
          directory
              + " has keys already. Use them, or remove them together with the Kafka and PostgreSQL"
              + " data that was made with them");
    }
    ThrowAwayAccounts.make(directory);
    new ThrowAwayKeys(directory).makeText(PASSWORD, PASSWORD_LENGTH);
  }
}
