package io.paidonce.launcher.faults;

/** One stack for all scenarios that leave it whole; its checker sees all of them together. */
final class SharedStack {

  private static FaultStack stack;

  private SharedStack() {}

  static synchronized FaultStack get() {
    if (stack == null) {
      stack = FaultStack.start("shared");
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "faults-end"));
    }
    stack.tidy();
    return stack;
  }
}
