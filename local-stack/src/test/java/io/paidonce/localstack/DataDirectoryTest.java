package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path dir;

  @Test
  void whatSomethingElseWroteIsRefusedAndLeftAlone() throws Exception {
    Path theirs = Files.writeString(dir.resolve("thesis.txt"), "chapter 1");
    assertThatThrownBy(() -> DataDirectory.open(dir, "kafka"))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining(dir.toString())
        .hasMessageContaining("was not written by");
    assertThat(dir).isDirectoryContaining(theirs::equals);
  }

  @Test
  void oneServersDirectoryIsNotAnothers() {
    DataDirectory.open(dir, "kafka").close();
    assertThatThrownBy(() -> DataDirectory.open(dir, "postgres"))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("was not written by PaidOnce's local postgres");
  }

  @Test
  void itCanBeOpenedAgainOnceClosed() {
    try (DataDirectory first = DataDirectory.open(dir, "kafka")) {
      assertThatThrownBy(() -> DataDirectory.open(first.path(), "kafka"))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("in use");
    }
    DataDirectory.open(dir, "kafka").close();
  }

  @Test
  void aFileInItsPlaceIsNamed() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file, "kafka"))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void anUnreadableDirectoryIsNamed() throws Exception {
    Assumptions.assumeFalse(PostgresAccount.isRoot(), "root may read everything");
    Path closed = Files.createDirectory(dir.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assertThatThrownBy(() -> DataDirectory.open(closed, "kafka"))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining(closed.toString())
        .hasMessageContaining("AccessDenied");
  }
}
