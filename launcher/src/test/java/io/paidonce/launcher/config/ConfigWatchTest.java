package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {

  @TempDir private Path directory;
  private Path config;
  private Path key;
  private ConfigWatch watch;

  @BeforeEach
  void read() throws IOException {
    config = directory.resolve("config.yaml");
    key = directory.resolve("key.txt");
    Files.writeString(config, "kafka: {bootstrapServers: file:key.txt}\n");
    Files.writeString(key, "first");
    watch = new ConfigWatch(reading());
  }

  private FilesRead reading() {
    FilesRead files = new FilesRead();
    ConfigFile.read(config, Map.of(), files).kafka();
    return files;
  }

  @Test
  void whatRestsIsNotReadAgain() {
    assertThat(watch.isChanged()).isFalse();
    assertThat(watch.isChanged()).isFalse();
  }

  @Test
  void aFileThatIsReferredToCountsLikeTheConfigurationItself() throws IOException {
    Files.writeString(key, "second one");
    assertThat(watch.isChanged()).as("it may be half written").isFalse();
    assertThat(watch.isChanged()).isTrue();
  }

  @Test
  void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
    for (int i = 2; i < 9; i++) {
      Files.writeString(config, "#".repeat(i));
      assertThat(watch.isChanged()).isFalse();
    }
    assertThat(watch.isChanged()).isTrue();
  }

  @Test
  void aChangeIsToldOnce() throws IOException {
    Files.writeString(key, "second one");
    watch.isChanged();
    assertThat(watch.isChanged()).isTrue();
    watch.follow(reading());
    assertThat(watch.isChanged()).isFalse();
    assertThat(watch.isChanged()).isFalse();
  }

  @Test
  void whatChangesAfterItWasReadAndBeforeTheFirstLookIsSeen() throws IOException {
    FilesRead files = reading();
    Files.writeString(key, "changed while others were read");
    watch.follow(files);
    watch.isChanged();
    assertThat(watch.isChanged()).isTrue();
  }

  @Test
  void anotherFileOfTheSameLengthAndTimeInItsPlaceIsSeen() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2026-01-31T12:00:00Z"));
    Files.setLastModifiedTime(key, time);
    watch.follow(reading());
    Path other = Files.writeString(directory.resolve("other"), "secon");
    Files.setLastModifiedTime(other, time);
    Files.move(other, key, StandardCopyOption.REPLACE_EXISTING);
    watch.isChanged();
    assertThat(watch.isChanged()).isTrue();
  }

  @Test
  void aMountedSecretIsSeenToTurn() throws IOException {
    Path first = Files.createDirectory(directory.resolve("..2026_01"));
    Path second = Files.createDirectory(directory.resolve("..2026_02"));
    Files.writeString(first.resolve("key.txt"), "first");
    Files.writeString(second.resolve("key.txt"), "other");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Files.delete(key);
    Files.createSymbolicLink(key, Path.of("..data", "key.txt"));
    watch.follow(reading());
    Files.delete(data);
    Files.createSymbolicLink(data, second);
    watch.isChanged();
    assertThat(watch.isChanged()).isTrue();
  }

  @Test
  void aFileThatWasMissingIsWaitedFor() throws IOException {
    Files.delete(key);
    watch.follow(reading());
    assertThat(watch.isChanged()).isFalse();
    Files.writeString(key, "there");
    watch.isChanged();
    assertThat(watch.isChanged()).isTrue();
  }
}
