package io.paidonce.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** The main class of a {@link ChildBroker}'s process. */
final class ChildBrokerMain {
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(15);

  private ChildBrokerMain() {}

  /** Takes the settings file, and the file to create once the broker accepts requests. */
  public static void main(String[] args) throws IOException {
    startDaemon("parent-watch", ChildBrokerMain::exitWithParent);
    Properties settings = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(in);
    }
    CombinedNode node = new CombinedNode(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(node::shutdown, "broker-shutdown"));
    try {
      node.start();
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
    Files.createFile(Path.of(args[1]));
    node.awaitShutdown();
  }

  /** Reads the parent's pipe until it is closed: by an orderly stop, or by the parent's death. */
  private static void exitWithParent() {
    try (InputStream parent = System.in) {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // As good as closed.
    }
    // Nobody is left to notice a shutdown that hangs.
    startDaemon("shutdown-limit", ChildBrokerMain::haltAtLimit);
    System.exit(0);
  }

  private static void haltAtLimit() {
    Await.within(SHUTDOWN_LIMIT, () -> false);
    Runtime.getRuntime().halt(2);
  }

  private static void startDaemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
