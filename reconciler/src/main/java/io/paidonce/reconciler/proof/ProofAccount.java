package io.paidonce.reconciler.proof;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.RetiringAccount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account of a bundle, as far as a stranger may know it.
 *
 * @param evidence what its signatures are to a stranger
 * @param words the same in words
 * @param published with PUBLIC_KEYS, its configuration without any secret
 * @param validUntil the last moment of a key that had one where the bundle was made, by the key's
 *     id; a certificate says its own
 */
record ProofAccount(
    String protocol,
    String id,
    Kind evidence,
    String words,
    @Nullable JsonNode published,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, Instant> validUntil) {

  private static final JsonSerde<ProofAccount> JSON = JsonSerde.of(ProofAccount.class);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What evidence is worth to whoever has no secret. */
  enum Kind {
    /** The provider signs with a key that only it has; its public key is here. */
    PUBLIC_KEYS,
    /** Whoever can verify can sign. */
    SYMMETRIC,
    /** Nobody has the account's keys any more. */
    UNKNOWN
  }

  ProofAccount {
    requireNonNull(protocol, "protocol");
    requireNonNull(id, "id");
    requireNonNull(evidence, "evidence");
    requireNonNull(words, "words");
    if ((evidence == Kind.PUBLIC_KEYS) != (published != null)) {
      throw new IllegalArgumentException("published must be present exactly with PUBLIC_KEYS");
    }
    validUntil = new TreeMap<>(requireNonNull(validUntil, "validUntil"));
  }

  /**
   * An account that is configured.
   *
   * @param ends the last moment of a key that has one, by its id
   */
  static ProofAccount of(AccountConfig config, Map<String, Instant> ends) {
    return Protocols.byId(config.protocol())
        .flatMap(protocol -> published(protocol, config))
        .map(
            keys ->
                new ProofAccount(
                    config.protocol(),
                    config.id(),
                    Kind.PUBLIC_KEYS,
                    "The provider signs with a key that only it has. The public keys are in"
                        + " published; make sure that they are the provider's.",
                    MAPPER.valueToTree(keys),
                    ends))
        .orElseGet(
            () ->
                new ProofAccount(
                    config.protocol(),
                    config.id(),
                    Kind.SYMMETRIC,
                    "The evidence is symmetric: the provider and the merchant share one secret, so"
                        + " that whoever can verify it can also make it. A stranger can't check"
                        + " it.",
                    null,
                    Map.of()));
  }

  private static <C extends AccountConfig> Optional<C> published(
      CallbackProtocol<C> protocol, AccountConfig config) {
    return protocol.published(protocol.configType().cast(config));
  }

  static ProofAccount unknown(String protocol, String id) {
    return new ProofAccount(
        protocol,
        id,
        Kind.UNKNOWN,
        "The account is not configured any more where this bundle was made, so that its keys are"
            + " not known.",
        null,
        Map.of());
  }

  static String entryName(String protocol, String id) {
    return "accounts/" + protocol + "-" + id + ".json";
  }

  Entry entry() {
    return Entry.of(entryName(protocol, id), JSON.write(this));
  }

  static ProofAccount read(Entry entry) throws BadBundleException {
    try {
      ProofAccount account = JSON.read(entry.bytes());
      if (entry.name().equals(entryName(account.protocol(), account.id()))) {
        return account;
      }
      throw new BadBundleException(entry.name() + " is of another account than its name says");
    } catch (UnreadableRecordException e) {
      throw new BadBundleException(entry.name() + " can't be read: " + e.getMessage());
    }
  }

  /**
   * Opens it with the public keys alone.
   *
   * @param content what the body to be judged says once decrypted
   */
  Account open(Optional<RawBytes> content) throws BadBundleException {
    CallbackProtocol<?> spoken =
        Protocols.byId(protocol)
            .orElseThrow(() -> new BadBundleException("this build speaks no " + protocol));
    return open(spoken, content);
  }

  private <C extends AccountConfig> Account open(
      CallbackProtocol<C> spoken, Optional<RawBytes> content) throws BadBundleException {
    Problems problems = Problems.none();
    try {
      C keys = MAPPER.treeToValue(requireNonNull(published), spoken.configType());
      Optional<Account> account = spoken.openPublished(keys, content, problems);
      if (account.isPresent() && account.get().id().equals(id)) {
        return validUntil.isEmpty()
            ? account.get()
            : new RetiringAccount(account.get(), validUntil);
      }
    } catch (JsonProcessingException e) {
      throw new BadBundleException(entryName(protocol, id) + ": published is no configuration");
    }
    throw new BadBundleException(
        entryName(protocol, id)
            + ": published can't be used: "
            + (problems.isEmpty() ? "it is of another account" : problems.lines()));
  }
}
