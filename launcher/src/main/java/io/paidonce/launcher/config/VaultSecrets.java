package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.launcher.http.BoundedHttp;
import io.paidonce.launcher.http.UnreachedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HashiCorp Vault's key-value engine, version 2, by its HTTP API. Address, token and namespace come
 * from the environment by the names that Vault's own tools use, so that the configuration holds
 * nothing of them. Each path is asked once for a reading, so that the fields of one are of one
 * version; what one path answers, an error included, holds for the whole reading.
 */
final class VaultSecrets implements SecretSource {

  /** What a value begins with that is kept there. */
  static final String PREFIX = "vault:";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER_BYTES = 1 << 20;
  private static final int LONGEST_TOKEN_BYTES = 4096;
  private static final Pattern REFERENCE =
      Pattern.compile("([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+)#([A-Za-z0-9_.-]{1,128})");
  private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7E]{1,4096}");
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;
  private final FilesRead files;
  private final Duration timeout;
  private @Nullable BoundedHttp http;
  private final Map<String, Answer> answers = new HashMap<>();
  private @Nullable NoSecretException away;

  /** What a path answered. */
  private record Answer(@Nullable JsonNode fields, String otherwise) {}

  /**
   * @param environment VAULT_ADDR, VAULT_TOKEN or VAULT_TOKEN_FILE, VAULT_NAMESPACE
   * @param files notes the token's file, which an agent writes anew
   */
  VaultSecrets(Map<String, String> environment, FilesRead files) {
    this(environment, files, TIMEOUT);
  }

  VaultSecrets(Map<String, String> environment, FilesRead files, Duration timeout) {
    this.environment = environment;
    this.files = files;
    this.timeout = timeout;
  }

  @Override
  public String read(String reference) throws NoSecretException {
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.matches() || reference.contains("..")) {
      throw new NoSecretException(
          "must be vault:MOUNT/data/PATH#FIELD, such as vault:secret/data/paidonce#apiV3Key");
    }
    String path = parts.group(1);
    Answer answer = answers.get(path);
    if (answer == null) {
      answer = ask(path);
      answers.put(path, answer);
    }
    JsonNode fields = answer.fields();
    if (fields == null) {
      throw new NoSecretException(answer.otherwise());
    }
    JsonNode field = fields.get(parts.group(2));
    if (field == null || !field.isTextual() || field.textValue().isBlank()) {
      throw new NoSecretException(
          "Vault's "
              + path
              + (field == null
                  ? " has no field " + parts.group(2)
                  : " has a field " + parts.group(2) + " that is blank or no text")
              + "; put it there, or correct what stands behind #");
    }
    return field.textValue();
  }

  private Answer ask(String path) throws NoSecretException {
    // Each of hundreds of paths would wait for the same time-out.
    if (away != null) {
      throw away;
    }
    URI uri = URI.create(address() + "/v1/" + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("X-Vault-Token", token())
            .header("X-Vault-Request", "true")
            .GET();
    String namespace = environment.getOrDefault("VAULT_NAMESPACE", "");
    if (!namespace.isBlank()) {
      request.header("X-Vault-Namespace", header("VAULT_NAMESPACE", namespace.strip()));
    }
    try {
      return understood(path, http().send(request.build()));
    } catch (UnreachedException e) {
      away = new NoSecretException("Vault (VAULT_ADDR): " + e.sentence());
      throw away;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoSecretException("stopped while Vault was asked for " + path);
    }
  }

  // Most configurations keep nothing in Vault and need no client.
  private BoundedHttp http() {
    BoundedHttp known = http;
    if (known == null) {
      known = new BoundedHttp(timeout, LONGEST_ANSWER_BYTES);
      http = known;
    }
    return known;
  }

  private static Answer understood(String path, HttpResponse<byte[]> answer) {
    String place = "Vault's " + path + " ";
    return switch (answer.statusCode()) {
      case 200 -> fields(path, answer.body());
      case 400 ->
          none(place + "is no path of a key-value engine (HTTP 400): it reads MOUNT/data/PATH");
      case 403 ->
          none(
              place
                  + "is forbidden to this token (HTTP 403): give its policy the capability read"
                  + " there, or renew the token");
      case 404 ->
          none(
              place
                  + "does not exist or is deleted (HTTP 404): put it there; with version 2 of the"
                  + " engine the path has data/ behind the mount");
      case 429, 473 -> none(place + "is not served (HTTP " + answer.statusCode() + "): try again");
      case 503 -> none(place + "can't be read: Vault is sealed (HTTP 503): unseal it");
      default -> none(place + "answered HTTP " + answer.statusCode() + ": see Vault's log");
    };
  }

  private static Answer fields(String path, byte[] body) {
    JsonNode fields;
    try {
      fields = JSON.readTree(body).path("data").path("data");
    } catch (IOException e) {
      return none("VAULT_ADDR answers for " + path + " with no JSON: is it Vault's address?");
    }
    return fields.isObject()
        ? new Answer(fields, "")
        : none(
            "Vault's "
                + path
                + " holds no data: a key-value engine of version 2 is needed, read at"
                + " MOUNT/data/PATH");
  }

  private static Answer none(String sentence) {
    return new Answer(null, sentence);
  }

  private String address() throws NoSecretException {
    String address = environment.getOrDefault("VAULT_ADDR", "").strip().replaceAll("/+$", "");
    try {
      URI uri = URI.create(address);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new NoSecretException(
        "environment variable VAULT_ADDR "
            + (address.isEmpty() ? "is not set" : "is no address")
            + "; it is such as https://vault.example:8200");
  }

  private String token() throws NoSecretException {
    String token = environment.getOrDefault("VAULT_TOKEN", "").strip();
    if (!token.isEmpty()) {
      return header("VAULT_TOKEN", token);
    }
    String file = environment.getOrDefault("VAULT_TOKEN_FILE", "").strip();
    if (file.isEmpty()) {
      throw new NoSecretException(
          "neither VAULT_TOKEN nor VAULT_TOKEN_FILE is set in the environment; an agent's sink is"
              + " such a file");
    }
    try {
      Path path = Path.of(file);
      files.reading(path);
      if (Files.size(path) <= LONGEST_TOKEN_BYTES) {
        return header("VAULT_TOKEN_FILE", Files.readString(path).strip());
      }
    } catch (InvalidPathException | IOException e) {
      // Said below.
    }
    throw new NoSecretException(
        "VAULT_TOKEN_FILE "
            + file
            + " can't be read as a token; see that it is there and readable");
  }

  private static String header(String name, String value) throws NoSecretException {
    if (!HEADER.matcher(value).matches()) {
      throw new NoSecretException(name + " holds what no header can carry, or is empty");
    }
    return value;
  }
}
