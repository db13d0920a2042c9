package io.paidonce.launcher;

import io.paidonce.reconciler.diff.FoldServer;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What {@code diff} of another build asks of this one; nothing that a person types. */
@Command(
    name = "fold",
    description = "Folds lines of traffic into lines of history, for diff and shadow.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class FoldCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    // What a library says must not come between the lines.
    System.setOut(System.err);
    try (FileInputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      FoldServer.serve(in, out);
    }
    return 0;
  }
}
