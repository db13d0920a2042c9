package io.paidonce.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who PostgreSQL runs as. It refuses root, so for root there are two ways: a user namespace of its
 * own, where it is nobody in its own eyes while its files stay root's; or, where containers forbid
 * that, really becoming an unprivileged user, who is given the data directory.
 */
enum PostgresAccount {
  CURRENT_USER,
  NAMESPACE,
  UNPRIVILEGED;

  private static final int UNPRIVILEGED_ID = 65_534;

  /**
   * Finds the way that works on this machine.
   *
   * @throws LocalStackException for root on a machine where neither works
   */
  static PostgresAccount detect() {
    if (!isRoot()) {
      return CURRENT_USER;
    }
    if (NAMESPACE.works()) {
      return NAMESPACE;
    }
    if (UNPRIVILEGED.works()) {
      return UNPRIVILEGED;
    }
    throw new LocalStackException(
        "PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv --reuid' works here; run as an ordinary user, or install util-linux");
  }

  static boolean isRoot() {
    return !Platform.isWindows() && System.getProperty("user.name").equals("root");
  }

  /** Returns the command that runs this program as this account. */
  List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(prefix());
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether program files in a directory of mode 0700 are out of this account's reach. */
  boolean isForeign() {
    return this == UNPRIVILEGED;
  }

  /** Gives a file or a whole directory to this account, if it isn't the current user's anyway. */
  void own(Path path) {
    if (!isForeign()) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.setAttribute(file, "unix:uid", UNPRIVILEGED_ID);
        Files.setAttribute(file, "unix:gid", UNPRIVILEGED_ID);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new LocalStackException(
          "%s can't be given to user %d, as whom PostgreSQL must run here: %s"
              .formatted(path, UNPRIVILEGED_ID, e.getMessage()),
          e);
    }
  }

  private List<String> prefix() {
    return switch (this) {
      case CURRENT_USER -> List.of();
      case NAMESPACE -> List.of("unshare", "--user");
      case UNPRIVILEGED ->
          List.of(
              "setpriv",
              "--reuid=" + UNPRIVILEGED_ID,
              "--regid=" + UNPRIVILEGED_ID,
              "--clear-groups");
    };
  }

  private boolean works() {
    try {
      Process probe =
          new ProcessBuilder(command(Path.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while probing for " + this, e);
    }
  }
}
