package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Refused;
import io.paidonce.providers.Verdict.Unreadable;
import java.util.List;

/** One merchant: verifies the fields of an answer, then says what they state; never otherwise. */
final class WechatV2Account implements Account {

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
  public Verdict receive(CallbackRequest request) {
    return new Refused(
        Rejection.UNKNOWN_ROUTE,
        "callbacks of "
            + WechatV2Protocol.ID
            + " are not received yet; account "
            + id()
            + " is"
            + " only asked for");
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    try {
      XmlFields fields = XmlFields.parse(answer.body().bytes(), XmlFields.ROOT);
      SignatureCheck.Checked checked = signatures.check(fields, answer.body());
      if (checked instanceof SignatureCheck.Good good) {
        return read(answer, good);
      }
      return checked instanceof SignatureCheck.Bad bad
          ? bad.refused()
          : new Refused(Rejection.MISSING_SIGNATURE_FIELD, "the field sign is absent or blank");
    } catch (MalformedXmlException e) {
      return e.refused();
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
                      .notification(said.word(), answer, hearing, evidence))
              : facts);
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }
}
