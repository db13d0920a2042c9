package io.paidonce.launcher.console;

import java.io.PrintStream;

/**
 * Shows how far something is: one line rewritten in place on a terminal, and now and then a line of
 * its own where output goes to a file.
 */
public final class Progress {

  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private boolean lineOpen;

  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On the terminal that the script found, or on plain output. */
  public static Progress onStandardError() {
    return new Progress(System.err, Boolean.getBoolean("paidonce.terminal"));
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** Replaces the line on a terminal; elsewhere writes it, so call it there seldom. */
  public synchronized void show(String line) {
    if (terminal) {
      out.print(ERASE_LINE + line);
      out.flush();
      lineOpen = true;
    } else {
      out.println(line);
    }
  }

  /** Leaves the last line standing and goes to the next one. */
  public synchronized void done() {
    if (lineOpen) {
      out.println();
      lineOpen = false;
    }
  }
}
