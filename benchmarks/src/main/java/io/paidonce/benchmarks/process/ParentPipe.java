package io.paidonce.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The child's end: lines from its parent and lines to it. The parent's death closes it, and the
 * child ends.
 */
public final class ParentPipe {

  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

  private ParentPipe() {}

  public static ParentPipe open() {
    return new ParentPipe();
  }

  public void say(String line) {
    out.println(line);
  }

  /** The next line; null once the parent is done or gone. */
  public @Nullable String next() throws IOException {
    return in.readLine();
  }

  /** Returns once the parent is done or gone. */
  public void awaitEnd() throws IOException {
    for (String line = next(); line != null; line = next()) {
      // Nothing is said to a server.
    }
  }
}
