package io.paidonce.launcher.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder as a build leaves it: a launcher.jar that names all others. */
final class BuiltFolder {

  private BuiltFolder() {}

  /** Makes one of this build, with classes that hide those of the same name. */
  static Path with(Path directory, Path... inFront) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.concat(
                Stream.of(inFront),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of))
            .map(each -> each.toUri().toString())
            .collect(Collectors.joining(" ")));
    try {
      Files.createDirectories(directory);
      try (OutputStream out = Files.newOutputStream(directory.resolve("launcher.jar"))) {
        new JarOutputStream(out, manifest).close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }
}
