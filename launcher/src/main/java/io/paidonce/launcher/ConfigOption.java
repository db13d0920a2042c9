package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, and where a configuration is looked for without it. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: that of the running quickstart.")
  private @Nullable Path file;

  /** The file's sections. */
  ConfigFile read() {
    return ConfigFile.read(required(), System.getenv());
  }

  /** The named file, or the running quickstart's. */
  Path required() {
    return path()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name a configuration with --config FILE, or start ./paidonce quickstart"
                        + " first and use its own"));
  }

  /** The named file, or the running quickstart's; empty where there is neither. */
  Optional<Path> path() {
    return file != null ? Optional.of(file) : ofQuickstart();
  }

  /** The running quickstart's file, unless another one is named. */
  Optional<Path> ofQuickstart() {
    Path quickstart = Home.find().quickstart().resolve("config.yaml");
    return file == null && Files.exists(quickstart) ? Optional.of(quickstart) : Optional.empty();
  }
}
