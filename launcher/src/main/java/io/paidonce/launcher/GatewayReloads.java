package io.paidonce.launcher;

import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.ConfigWatch;
import io.paidonce.launcher.config.FilesRead;
import io.paidonce.launcher.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a running gateway its configuration anew when the file or one of the files it refers to has
 * changed, and when the process is sent SIGHUP. What is not sound is not handed over.
 */
final class GatewayReloads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GatewayReloads.class);
  private static final long LOOK_EVERY_MS = 1_000;

  private final Path file;
  private final Map<String, String> environment;
  private final Gateway gateway;
  private final ConfigWatch watch;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "paidonce-config-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param read the files that the gateway's configuration was made of
   */
  GatewayReloads(Path file, Map<String, String> environment, FilesRead read, Gateway gateway) {
    this.file = file;
    this.environment = environment;
    this.gateway = gateway;
    this.watch = new ConfigWatch(read);
  }

  /** Looks each second, and at once on SIGHUP where this JVM lets us have it. */
  GatewayReloads begin() {
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    boolean signals =
        Hangup.onEach(
            () -> {
              Future<?> unusedReload = executor.submit(this::reload);
            });
    log.info(
        "Configuration and key files are watched{}", signals ? "; SIGHUP reads them at once" : "");
    return this;
  }

  void look() {
    if (watch.isChanged()) {
      reload();
    }
  }

  void reload() {
    FilesRead files = new FilesRead();
    try {
      ConfigFile read = ConfigFile.read(file, environment, files);
      Optional<GatewayConfig> next = read.gateway();
      read.requireSound();
      gateway.reload(next.orElseThrow());
    } catch (InvalidConfigException e) {
      gateway.refuseReload(e.problems());
    } catch (RuntimeException e) {
      // A defect of ours must not end the watching: the next file may be read well.
      log.error("The configuration could not be read", e);
      gateway.refuseReload(List.of("reading it failed: " + e.getClass().getName()));
    } finally {
      watch.follow(files);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
