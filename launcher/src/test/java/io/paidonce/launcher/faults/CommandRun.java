package io.paidonce.launcher.faults;

import io.paidonce.launcher.Launcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What {@code ./paidonce} answered. */
record CommandRun(int exitCode, List<String> out, List<String> err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Launcher.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandRun(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
