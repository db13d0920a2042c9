package io.paidonce.launcher.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Runs a main class, and ends when the test's JVM does: the pipe to standard input closes with it,
 * however it ends.
 */
final class ChildMain {

  private ChildMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(ChildMain::haltWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void haltWithParent() {
    try (InputStream parent = System.in) {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // As good as closed.
    }
    Runtime.getRuntime().halt(2);
  }
}
