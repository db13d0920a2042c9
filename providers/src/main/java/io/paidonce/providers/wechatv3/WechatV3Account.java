package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Refused;
import io.paidonce.providers.Verdict.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One merchant: verifies the bytes, then decrypts, then says what they state; never otherwise. */
final class WechatV3Account implements Account {

  private final WechatV3Config config;
  private final List<AccountKey> keys;
  private final SignatureCheck callbacks;
  private final SignatureCheck answers;
  private final ContentKeys contents;

  WechatV3Account(WechatV3Config config, KeyRing keys) {
    this(config, keys, new ContentCipher(config.apiV3Keys()));
  }

  WechatV3Account(WechatV3Config config, KeyRing keys, ContentKeys contents) {
    this.config = config;
    this.keys = keys.described();
    this.callbacks = new SignatureCheck(config.id(), keys, config.tolerance());
    this.answers = new SignatureCheck(config.id(), keys);
    this.contents = contents;
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
  public List<AccountKey> keys() {
    return keys;
  }

  @Override
  public Optional<String> keyNamedIn(CallbackRequest request) {
    return request.header(SignedHeaders.SERIAL).stream().findFirst().flatMap(KeyRing::normalised);
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    SignatureCheck.Checked checked = callbacks.check(request);
    return checked instanceof SignatureCheck.Good good
        ? read(request, good)
        : ((SignatureCheck.Bad) checked).refused();
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    SignatureCheck.Checked checked = answers.check(answer);
    return checked instanceof SignatureCheck.Good good
        ? readAnswer(answer, good.evidence())
        : ((SignatureCheck.Bad) checked).refused();
  }

  @Override
  public Optional<RawBytes> decrypted(PaymentNotification stored) {
    if (stored.witness() != Witness.CALLBACK) {
      return Optional.empty();
    }
    try {
      return Envelope.read(stored.evidence().body().bytes())
          .resource()
          .decrypted(contents)
          .map(RawBytes::of);
    } catch (UnreadableContentException e) {
      return Optional.empty();
    }
  }

  private Verdict read(CallbackRequest request, SignatureCheck.Good good) {
    Evidence evidence = good.evidence();
    try {
      Envelope envelope = Envelope.read(request.body().bytes());
      Encrypted resource = envelope.resource().of(good.suite(), "resource");
      byte[] plain = resource.decrypted(contents).orElse(null);
      if (plain == null) {
        return undecipherable();
      }
      JsonNode content = StrictJson.object(plain, "the decrypted resource");
      List<PaymentNotification> notifications = new ArrayList<>();
      Hearing hearing = Hearing.of(request, config, Witness.CALLBACK);
      for (Statement said : Statement.all(envelope, content, hearing)) {
        notifications.add(
            said.notification(envelope.eventType(), envelope.id(), request, hearing, evidence));
      }
      return new Authentic(notifications);
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  private Verdict readAnswer(CallbackRequest answer, Evidence evidence) {
    try {
      JsonNode content = StrictJson.object(answer.body().bytes(), "the answer");
      Hearing hearing = Hearing.of(answer, config, Witness.QUERY);
      AnswerContent said = AnswerContent.read(content, hearing);
      return new Authentic(said.orUnrecognised(content, answer, hearing, evidence));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  private Refused undecipherable() {
    return new Refused(
        Rejection.UNDECIPHERABLE,
        "the signature holds, but the content decrypts with none of the "
            + contents.keyCount()
            + " APIv3 keys of account "
            + config.id()
            + "; add the merchant's current key to apiV3Keys");
  }
}
