package io.paidonce.launcher.faults;

/**
 * One stack for all scenarios of this JVM that leave it whole; its checker sees all of them
 * together.
 */
final class SharedStack {

  private static FaultStack stack;

  private SharedStack() {}

  static synchronized FaultStack get() {
    if (stack == null) {
      stack = FaultStack.start("shared-" + System.getProperty("paidonce.fork", "1"));
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "faults-end"));
    }
    stack.tidy();
    return stack;
  }
}
