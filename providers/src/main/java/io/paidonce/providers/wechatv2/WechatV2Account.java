package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Refused;
import io.paidonce.providers.Verdict.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One merchant: verifies the fields of a callback or an answer, then says what they state; never
 * otherwise. There is no window on the time: none is signed.
 */
final class WechatV2Account implements Account {

  static final String REQ_INFO = "req_info";

  private final WechatV2Config config;
  private final SignatureCheck signatures;

  WechatV2Account(WechatV2Config config) {
    this.config = config;
    this.signatures = new SignatureCheck(config.id(), config.keys(), config.accepted());
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
    return config.keys().stream().map(key -> new AccountKey(key.id(), null)).toList();
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    try {
      XmlFields fields = XmlFields.parse(request.body().bytes(), XmlFields.ROOT);
      // Whatever has a signature is judged by it: taking it away makes no refund of a payment.
      return isUnsigned(fields) && !fields.byName().getOrDefault(REQ_INFO, "").isBlank()
          ? receiveRefund(request, fields)
          : judge(fields, request, good -> readNotice(request, good));
    } catch (MalformedXmlException e) {
      return e.refused();
    }
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    try {
      XmlFields fields = XmlFields.parse(answer.body().bytes(), XmlFields.ROOT);
      return judge(fields, answer, good -> read(answer, good));
    } catch (MalformedXmlException e) {
      return e.refused();
    }
  }

  private static boolean isUnsigned(XmlFields fields) {
    return fields.byName().getOrDefault(SignType.SIGN, "").isBlank();
  }

  private Verdict judge(
      XmlFields fields, CallbackRequest request, Function<SignatureCheck.Good, Verdict> reading) {
    SignatureCheck.Checked checked = signatures.check(fields, request.body());
    if (checked instanceof SignatureCheck.Good good) {
      return reading.apply(good);
    }
    return checked instanceof SignatureCheck.Bad bad
        ? bad.refused()
        : new Refused(Rejection.MISSING_SIGNATURE_FIELD, "the field sign is absent or blank");
  }

  private Verdict readNotice(CallbackRequest request, SignatureCheck.Good good) {
    try {
      Hearing hearing = new Hearing(config, Witness.CALLBACK, request.receivedAt());
      Notice notice = Notice.payment(Message.of(good), hearing);
      return new Authentic(List.of(notice.notification(request, hearing, good.evidence())));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), good.evidence());
    }
  }

  // That it decrypts is all there is: whoever sends it knows the key, or has seen notices before.
  private Verdict receiveRefund(CallbackRequest request, XmlFields outer) {
    for (ApiKey key : config.keys()) {
      XmlFields refund =
          ReqInfo.decrypted(outer.byName().getOrDefault(REQ_INFO, ""), key.secret()).orElse(null);
      if (refund != null) {
        return readRefund(request, outer, refund, new Evidence(key.id(), Map.of(), request.body()));
      }
    }
    return new Refused(
        Rejection.SIGNATURE_MISMATCH,
        "req_info decrypts with none of the "
            + config.keys().size()
            + " API keys of account "
            + id()
            + " (a refund's notice has no other proof; was the key changed?)");
  }

  private Verdict readRefund(
      CallbackRequest request, XmlFields outer, XmlFields refund, Evidence evidence) {
    try {
      Hearing hearing = new Hearing(config, Witness.CALLBACK, request.receivedAt());
      Notice notice = Notice.refund(Message.unsigned(outer), Message.unsigned(refund), hearing);
      return new Authentic(List.of(notice.notification(request, hearing, evidence)));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  private Verdict read(CallbackRequest answer, SignatureCheck.Good good) {
    Evidence evidence = good.evidence();
    try {
      Message message = Message.of(good);
      if (!message.isSuccess()) {
        throw new UnreadableContentException("the answer says that it failed, and states nothing");
      }
      Hearing hearing = new Hearing(config, Witness.QUERY, answer.receivedAt());
      AnswerContent said = AnswerContent.read(message, hearing);
      List<PaymentNotification> facts = said.notifications(answer, hearing, evidence);
      return new Authentic(
          facts.isEmpty()
              ? List.of(
                  Statement.unrecognised(message)
                      .notification(said.word(), Authentication.SIGNED, answer, hearing, evidence))
              : facts);
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }
}
