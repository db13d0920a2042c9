package io.paidonce.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Everything that our code logs in this JVM while it is open, down to DEBUG. */
public final class LogWatch implements AutoCloseable {

  private final Logger ours = (Logger) LoggerFactory.getLogger("io.paidonce");
  private final StringBuilder lines = new StringBuilder();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          synchronized (lines) {
            lines.append(event.getFormattedMessage()).append('\n');
            lines.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  private LogWatch() {
    appender.setContext(ours.getLoggerContext());
    appender.start();
    ours.addAppender(appender);
    ours.setLevel(Level.DEBUG);
    ours.setAdditive(false);
  }

  public static LogWatch open() {
    return new LogWatch();
  }

  /** So far. */
  public String text() {
    synchronized (lines) {
      return lines.toString();
    }
  }

  @Override
  public void close() {
    ours.setLevel(null);
    ours.setAdditive(true);
    ours.detachAppender(appender);
  }
}
