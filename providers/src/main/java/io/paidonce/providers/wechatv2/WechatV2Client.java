package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.Witness;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.RetryAfter;
import io.paidonce.providers.Standing;
import io.paidonce.providers.Subject;
import io.paidonce.providers.UnreadableContentException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Asks in one merchant's name. An answer's fields are verified with the key that both sides share,
 * then it must name what was asked, then it is read. It carries no time: that it is fresh is the
 * connection's word.
 *
 * <p>A refund is refused here and never sent: the provider takes it only from a merchant's
 * certificate on the connection itself.
 */
final class WechatV2Client implements ProviderClient {

  /** What a refund is refused with. */
  static final String NEEDS_CERTIFICATE = "REFUND_NEEDS_CLIENT_CERTIFICATE";

  /** What a number is refused with that XML can't hold, and no order of the provider has. */
  static final String NOT_WRITABLE = "NOT_WRITABLE_AS_XML";

  private final WechatV2Config config;
  private final @Nullable String partner;
  private final WechatV2Requests requests;
  private final SignatureCheck signatures;
  private final List<URI> hosts;
  private final ApiTransport transport;

  WechatV2Client(
      WechatV2Config config,
      @Nullable String partner,
      WechatV2Requests requests,
      List<URI> hosts,
      ApiTransport transport) {
    this.config = config;
    this.partner = partner;
    this.requests = requests;
    this.signatures = new SignatureCheck(config.id(), config.keys(), List.of(requests.signType()));
    this.hosts = hosts;
    this.transport = transport;
  }

  @Override
  public String account() {
    return config.id();
  }

  @Override
  public int hosts() {
    return hosts.size();
  }

  @Override
  public Outcome queryOrder(String orderNo, Ask ask) {
    Subject subject = new Subject().with("out_trade_no", orderNo);
    return ask("/pay/orderquery", Map.of("out_trade_no", orderNo), subject, ask, this::told);
  }

  @Override
  public Outcome queryTransaction(String transactionId, @Nullable String orderNo, Ask ask) {
    Subject subject = new Subject().with("transaction_id", transactionId);
    if (orderNo != null) {
      subject.with("out_trade_no", orderNo);
    }
    return ask(
        "/pay/orderquery", Map.of("transaction_id", transactionId), subject, ask, this::told);
  }

  @Override
  public Outcome close(String orderNo, Ask ask) {
    return ask(
        "/pay/closeorder",
        Map.of("out_trade_no", orderNo),
        new Subject(),
        ask,
        answer -> accepted(answer, orderNo));
  }

  /**
   * Refused without being sent: it needs the merchant's certificate. Another protocol of the same
   * account, or a person in the console, can do it.
   */
  @Override
  public Outcome refund(RefundOrder refund, Ask ask) {
    return new Refused(Refusal.NOT_PERMITTED, false, 0, NEEDS_CERTIFICATE);
  }

  @Override
  public Outcome queryRefund(RefundRef refund, Ask ask) {
    Subject subject =
        new Subject()
            .with("transaction_id", refund.transactionId())
            .with("out_trade_no", refund.orderNo());
    return ask(
        "/pay/refundquery",
        Map.of("out_refund_no", refund.refundNo()),
        subject,
        ask,
        answer -> toldOfRefund(answer, refund.refundNo()));
  }

  /** What came, and what of it is verified. */
  private record Answer(CallbackRequest received, Message message, Evidence evidence) {}

  private interface Reader {
    Outcome read(Answer answer) throws UnreadableContentException;
  }

  private Outcome ask(
      String path, Map<String, String> asked, Subject subject, Ask ask, Reader reader) {
    URI uri = URI.create(hosts.get(ask.host() % hosts.size()) + path);
    if (!asked.values().stream().allMatch(XmlFields::isWritable)) {
      return new Refused(Refusal.OTHER, false, 0, NOT_WRITABLE);
    }
    ApiReply reply = transport.send(requests.signed(uri, asked));
    if (!(reply instanceof ApiReply.Answered answered)) {
      return Unknown.of((ApiReply.Failed) reply);
    }
    if (answered.status() != 200) {
      return ErrorAnswer.ofStatus(answered);
    }
    try {
      return judged(answered, answered.asRequest(ask.deliveryId()), subject, reader);
    } catch (MalformedXmlException e) {
      return new Unknown(Doubt.UNREADABLE, e.explanation());
    } catch (UnreadableContentException e) {
      return new Unknown(Doubt.UNREADABLE, e.detail());
    }
  }

  private Outcome judged(
      ApiReply.Answered answered, CallbackRequest received, Subject subject, Reader reader)
      throws MalformedXmlException, UnreadableContentException {
    XmlFields fields = XmlFields.parse(received.body().bytes(), XmlFields.ROOT);
    @Nullable Duration retryAfter = RetryAfter.of(answered).orElse(null);
    SignatureCheck.Checked checked = signatures.check(fields, received.body());
    if (checked instanceof SignatureCheck.Good good) {
      Message answer = Message.of(good);
      if (answer.isSuccess()) {
        return about(new Answer(received, answer, good.evidence()), subject, reader);
      }
      boolean named = subject.contradictedBy(answer::text).isEmpty() && isOfUs(answer);
      return ErrorAnswer.signed(fields, answer.isTransported(), named, good.evidence(), retryAfter);
    }
    return checked instanceof SignatureCheck.Bad bad
        ? Unknown.of(bad.refused())
        : ErrorAnswer.unsigned(fields, retryAfter);
  }

  private Outcome about(Answer answer, Subject subject, Reader reader)
      throws UnreadableContentException {
    Optional<String> other =
        ofMerchant()
            .contradictedBy(answer.message()::text)
            .or(() -> subject.contradictedBy(answer.message()::text));
    return other.isEmpty() ? reader.read(answer) : another(other.get());
  }

  private Outcome told(Answer answer) throws UnreadableContentException {
    AnswerContent said = AnswerContent.read(answer.message(), hearing(answer));
    return outcome(said.standing(), said, answer);
  }

  private Outcome toldOfRefund(Answer answer, String refundNo) throws UnreadableContentException {
    OptionalInt number = AnswerContent.numberOf(refundNo, answer.message());
    if (number.isEmpty()) {
      return another("out_refund_no");
    }
    Standing standing = AnswerContent.standing(answer.message(), number.getAsInt());
    return outcome(standing, AnswerContent.read(answer.message(), hearing(answer)), answer);
  }

  // What other refunds of the same payment came to is told with the one that was asked for, and
  // not without it: then the question stays open, and they have their own.
  private Outcome outcome(Standing standing, AnswerContent said, Answer answer)
      throws UnreadableContentException {
    return standing.answer().isEmpty()
        ? new Told(
            standing, said.notifications(answer.received(), hearing(answer), answer.evidence()))
        : new Observed(standing, true, answer.evidence());
  }

  // An acceptance names the merchant and may name the order, and says nothing of it.
  private static Outcome accepted(Answer answer, String orderNo) {
    Message message = answer.message();
    if (message.text("trade_state").isPresent() || message.text("transaction_id").isPresent()) {
      return new Unknown(Doubt.UNREADABLE, "the answer to a close tells of a payment");
    }
    Optional<String> named = message.text("out_trade_no");
    return named.isPresent() && !named.get().equals(orderNo)
        ? another("out_trade_no")
        : new Observed(Standing.CLOSE_ACCEPTED, named.isPresent(), answer.evidence());
  }

  private static Outcome another(String field) {
    return new Unknown(
        Doubt.ANOTHER_SUBJECT,
        "the answer is signed, but its " + field + " is not what was asked for");
  }

  private Hearing hearing(Answer answer) {
    return new Hearing(config, Witness.QUERY, answer.received().receivedAt());
  }

  private Subject ofMerchant() {
    return partner == null
        ? new Subject().with("mch_id", config.id())
        : new Subject().with("mch_id", partner).with("sub_mch_id", config.id());
  }

  private boolean isOfUs(Message answer) {
    return ofMerchant().contradictedBy(answer::text).isEmpty();
  }
}
