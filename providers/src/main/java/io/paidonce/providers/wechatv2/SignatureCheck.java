package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.Verdict.Refused;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one rule that messages are verified by. What it hands out is what the next step needs: there
 * is no {@link Message} but of what is good here.
 */
final class SignatureCheck {

  private final String account;
  private final List<ApiKey> keys;
  private final List<SignType> accepted;

  /**
   * For an account.
   *
   * @param keys tried in their order: while a key is being changed, both may be in use
   * @param accepted the message does not get to choose another one
   */
  SignatureCheck(String account, List<ApiKey> keys, List<SignType> accepted) {
    this.account = account;
    this.keys = List.copyOf(keys);
    this.accepted = List.copyOf(accepted);
  }

  /** What a check comes to. */
  sealed interface Checked {}

  /** Who has the key signed these fields: the provider, or we. */
  record Good(XmlFields fields, Evidence evidence) implements Checked {}

  /** Without any signature, as some errors are. */
  record Unsigned() implements Checked {}

  /** A signature that fits nothing. */
  record Bad(Refused refused) implements Checked {}

  Checked check(XmlFields fields, RawBytes body) {
    Map<String, String> byName = fields.byName();
    String sign = byName.getOrDefault(SignType.SIGN, "");
    if (sign.isBlank()) {
      return new Unsigned();
    }
    String stated = byName.getOrDefault(SignType.SIGN_TYPE, "");
    List<SignType> types =
        accepted.stream()
            .filter(type -> stated.isEmpty() || type.wireName().equals(stated))
            .toList();
    if (types.isEmpty()) {
      return new Bad(
          new Refused(
              Rejection.UNSUPPORTED_ALGORITHM,
              "sign_type is " + AccountChecks.shown(stated) + "; accepted: " + acceptedNames()));
    }
    for (ApiKey key : keys) {
      for (SignType type : types) {
        if (isEqual(type.sign(byName, key.secret()), sign)) {
          return new Good(fields, new Evidence(key.id(), Map.of(), body));
        }
      }
    }
    return new Bad(mismatch(byName.size()));
  }

  private static boolean isEqual(String expected, String sign) {
    return MessageDigest.isEqual(expected.getBytes(US_ASCII), sign.getBytes(US_ASCII));
  }

  private Refused mismatch(int fields) {
    return new Refused(
        Rejection.SIGNATURE_MISMATCH,
        "the signature fits none of the "
            + keys.size()
            + " API keys of account "
            + account
            + " ("
            + acceptedNames()
            + ") and the "
            + fields
            + " fields as received");
  }

  private String acceptedNames() {
    return accepted.stream().map(SignType::wireName).collect(Collectors.joining(", "));
  }
}
