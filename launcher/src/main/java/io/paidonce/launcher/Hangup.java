package io.paidonce.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, with which services are told to read their configuration again. Java has no public way to
 * a signal; the one of OpenJDK and its kin is reached by name, since a compiler that looks only at
 * Java's own interface does not show it.
 */
final class Hangup {

  private static final Logger log = LoggerFactory.getLogger(Hangup.class);
  private static final String NAME = "HUP";

  private Hangup() {}

  /**
   * Runs an action at each SIGHUP, which otherwise ends the process.
   *
   * @return false where this JVM or system has no such signal, or keeps it for itself (-Xrs)
   */
  static boolean onEach(Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
              return null;
            }
            return switch (method.getName()) {
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "SIGHUP handler of paidonce";
            };
          };
      Object handler =
          Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, run);
      signals
          .getMethod("handle", signals, handlers)
          .invoke(null, signals.getConstructor(String.class).newInstance(NAME), handler);
      return true;
    } catch (ReflectiveOperationException e) {
      log.info("SIGHUP can't be had here ({}); files are watched all the same", e.toString());
      return false;
    }
  }
}
