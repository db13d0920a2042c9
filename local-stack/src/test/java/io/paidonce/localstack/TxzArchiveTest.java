package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TxzArchiveTest {
  @TempDir Path dir;

  @Test
  void filesKeepTheirModeAndAreListed() throws Exception {
    assertThat(TxzArchive.unpack(archiveOf("bin/run"), dir)).containsExactly("bin/run");
    assertThat(Files.readString(dir.resolve("bin/run"))).isEqualTo("x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("bin/run"))))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void anEntryThatLeadsOutIsRefused() {
    assertThatThrownBy(() -> TxzArchive.unpack(archiveOf("../out"), dir))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("../out");
  }

  private static byte[] archiveOf(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setMode(0755);
      entry.setSize(1);
      tar.putArchiveEntry(entry);
      tar.write('x');
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
