package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCopyTest {

  @TempDir private Path directory;

  @Test
  void aCopyElsewhereFindsTheSameFilesAndHoldsNoSecretOfTheOriginal() throws IOException {
    Files.writeString(directory.resolve("kafka.txt"), "from-a-file:1");
    Path source =
        Files.writeString(
            directory.resolve("source.yaml"),
            "kafka: {bootstrapServers: 'file:kafka.txt'}\nshops: [{id: '${SHOP}'}]\n");
    Path target = Files.createDirectories(directory.resolve("else where")).resolve("copy.yaml");

    ConfigCopy.write(source, target, Map.of("gateway.callbacks.port", "0"));

    assertThat(target).content().contains("${SHOP}").doesNotContain("from-a-file");
    ConfigFile copy = ConfigFile.read(target, Map.of("SHOP", "tea"));
    assertThat(copy.kafka()).isEqualTo(Optional.of(new KafkaConfig("from-a-file:1", null)));
    assertThat(copy.shops()).containsExactly("tea");
    copy.requireSound();
  }

  @Test
  void aSettingOfTheCopyTakesThePlaceOfTheOriginal() throws IOException {
    Path source =
        Files.writeString(directory.resolve("source.yaml"), "kafka: {bootstrapServers: 'old:1'}");
    Path target = directory.resolve("copy.yaml");

    ConfigCopy.write(source, target, Map.of("kafka.bootstrapServers", "new:2"));

    assertThat(ConfigFile.read(target, Map.of()).kafka())
        .isEqualTo(Optional.of(new KafkaConfig("new:2", null)));
  }
}
