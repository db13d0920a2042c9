package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Refused;
import io.paidonce.providers.Verdict.Unreadable;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One merchant: verifies the bytes, then decrypts, then says what they state; never otherwise. */
final class WechatV3Account implements Account {

  static final String PROBE_PREFIX = "WECHATPAY/SIGNTEST/";

  private final WechatV3Config config;
  private final KeyRing keys;
  private final ContentCipher cipher;

  WechatV3Account(WechatV3Config config, KeyRing keys) {
    this.config = config;
    this.keys = keys;
    this.cipher = new ContentCipher(config.apiV3Keys());
  }

  @Override
  public String id() {
    return config.id();
  }

  @Override
  public String shop() {
    return config.shop();
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    Refused refusal = SignedHeaders.refusal(request);
    if (refusal != null) {
      return refusal;
    }
    SignedHeaders headers = SignedHeaders.of(request);
    String keyId = KeyRing.normalised(headers.get(SignedHeaders.SERIAL)).orElse("");
    PublicKey key = keys.byId(keyId).orElse(null);
    if (key == null) {
      return unknownKey(headers);
    }
    if (!headers.verifies(key, request.body().bytes())) {
      return mismatch(headers, keyId, request.body().length());
    }
    return read(request, new Evidence(keyId, headers.values(), request.body()));
  }

  private Verdict read(CallbackRequest request, Evidence evidence) {
    try {
      Envelope envelope = Envelope.read(request.body().bytes());
      byte[] plain = decrypt(envelope).orElse(null);
      if (plain == null) {
        return undecipherable();
      }
      JsonNode resource = StrictJson.object(plain, "the decrypted resource");
      List<PaymentNotification> notifications = new ArrayList<>();
      for (Statement said : Statement.all(envelope, resource, config, request.receivedAt())) {
        notifications.add(notification(said, envelope, request, evidence));
      }
      return new Authentic(notifications);
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  private Optional<byte[]> decrypt(Envelope envelope) {
    return cipher.decrypt(
        envelope.nonce().bytes(), envelope.associatedData(), envelope.ciphertext().bytes());
  }

  private PaymentNotification notification(
      Statement said, Envelope envelope, CallbackRequest request, Evidence evidence)
      throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          WechatV3Protocol.PROVIDER,
          config.id(),
          WechatV3Protocol.ID,
          config.shop(),
          said.orderNo(),
          said.kind(),
          envelope.eventType(),
          envelope.id(),
          request.deliveryId(),
          Authentication.SIGNED,
          Witness.CALLBACK,
          request.receivedAt(),
          said.payment(),
          said.refund(),
          evidence);
    } catch (IllegalArgumentException e) {
      // All that comes from us was checked before, so it is the bounds of what the provider says.
      throw UnreadableContentException.of(e);
    }
  }

  private Refused unknownKey(SignedHeaders headers) {
    return new Refused(
        Rejection.UNKNOWN_KEY,
        SignedHeaders.SERIAL
            + " is "
            + AccountChecks.shown(headers.get(SignedHeaders.SERIAL))
            + "; the keys of account "
            + config.id()
            + " are "
            + String.join(", ", new TreeSet<>(keys.ids()))
            + " (a new platform key to add, or a merchant certificate where the platform's"
            + " belongs?)");
  }

  private static Refused mismatch(SignedHeaders headers, String keyId, int bodyBytes) {
    // Judged only now: the prefix must not change what is verified, only how loud the failure is.
    boolean probe = headers.get(SignedHeaders.SIGNATURE).startsWith(PROBE_PREFIX);
    return probe
        ? new Refused(
            Rejection.SIGNATURE_PROBE,
            "the signature starts with " + PROBE_PREFIX + ": a test of ours by the provider")
        : new Refused(
            Rejection.SIGNATURE_MISMATCH,
            "the signature does not fit key "
                + keyId
                + " and the body of "
                + bodyBytes
                + " bytes as received (was the body rewritten on its way, or a header altered?)");
  }

  private Refused undecipherable() {
    return new Refused(
        Rejection.UNDECIPHERABLE,
        "the signature holds, but the content decrypts with none of the "
            + cipher.keyCount()
            + " APIv3 keys of account "
            + config.id()
            + "; add the merchant's current key to apiV3Keys");
  }
}
