package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules, by name, so that pages which name them can't lie. */
final class TestSources {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  private TestSources() {}

  /** Each test that a page names is there; returns how many it names. */
  static int assertAllExist(String page) throws IOException {
    Map<String, String> sources = testSources();
    List<MatchResult> named = NAMED.matcher(page).results().toList();
    assertThat(named)
        .allSatisfy(
            test ->
                assertThat(sources.getOrDefault(test.group(1), ""))
                    .as(test.group())
                    .contains("void " + test.group(2) + "("));
    return named.size();
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .forEach(tests -> addAll(tests, sources));
    }
    return sources;
  }

  private static void addAll(Path tests, Map<String, String> sources) {
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String name = file.getFileName().toString();
        // Two modules may name a test alike: a method of either is there.
        sources.merge(
            name.substring(0, name.length() - ".java".length()),
            Files.readString(file),
            String::concat);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
