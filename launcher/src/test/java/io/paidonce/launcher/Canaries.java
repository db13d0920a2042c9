package io.paidonce.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in play in a run and must show nowhere: the very keys and passwords that it made, and
 * what the played providers say of people.
 */
public final class Canaries {

  // As the signers of the simulator write them: an openid, and a buyer's id and logon.
  private static final List<String> OF_PEOPLE =
      List.of("o-simulated-payer", "2088000000000001", "158****1562");
  private static final int LINE_OF_A_KEY = 2;

  private final List<String> texts;

  private Canaries(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  /** Of the directory that a run's keys were written to. */
  public static Canaries of(Path keys) {
    List<String> texts = new ArrayList<>(OF_PEOPLE);
    try (Stream<Path> files = Files.list(keys)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".txt")) {
          texts.add(Files.readString(file).strip());
        } else if (name.endsWith(".pem") && !name.endsWith(".pub.pem")) {
          texts.add(Files.readAllLines(file).get(LINE_OF_A_KEY));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(texts).as("secrets in " + keys).hasSizeGreaterThan(OF_PEOPLE.size() + 4);
    return new Canaries(texts);
  }

  public void assertAbsent(String where, String text) {
    for (String canary : texts) {
      // Not the text itself: it may be long, and is what must not be shown.
      assertThat(text.contains(canary))
          .as(where + " shows a canary that begins with " + canary.substring(0, 6))
          .isFalse();
    }
  }

  /** Each log below a directory. */
  public void assertAbsentFromLogs(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path log : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".log"))::iterator) {
        assertAbsent(log.toString(), new String(Files.readAllBytes(log), UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
