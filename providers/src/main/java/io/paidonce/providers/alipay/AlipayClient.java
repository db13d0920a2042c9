package io.paidonce.providers.alipay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Money;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.RetryAfter;
import io.paidonce.providers.Standing;
import io.paidonce.providers.Subject;
import io.paidonce.providers.UnreadableContentException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks in one application's name. An answer's signed content is verified as it came, then it must
 * name what was asked, then it is read. It carries no time: what it was said for, and when, is the
 * connection's word.
 */
final class AlipayClient implements ProviderClient {

  private final AlipayConfig config;
  private final AlipayRequests requests;
  private final AnswerCheck signatures;
  private final List<URI> hosts;
  private final ApiTransport transport;

  AlipayClient(
      AlipayConfig config,
      AlipayRequests requests,
      AlipayKeys keys,
      List<URI> hosts,
      ApiTransport transport) {
    this.config = config;
    this.requests = requests;
    this.signatures = new AnswerCheck(keys);
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
    return ask("alipay.trade.query", content("out_trade_no", orderNo), subject, ask, this::told);
  }

  @Override
  public Outcome queryTransaction(String transactionId, @Nullable String orderNo, Ask ask) {
    Subject subject = new Subject().with("trade_no", transactionId);
    if (orderNo != null) {
      subject.with("out_trade_no", orderNo);
    }
    return ask("alipay.trade.query", content("trade_no", transactionId), subject, ask, this::told);
  }

  @Override
  public Outcome close(String orderNo, Ask ask) {
    return ask(
        "alipay.trade.close",
        content("out_trade_no", orderNo),
        new Subject().with("out_trade_no", orderNo),
        ask,
        (answer, good) -> new Observed(Standing.CLOSE_ACCEPTED, true, good.evidence()));
  }

  /** The answer names the trade and not the refund, so it is accepted and never yet a fact. */
  @Override
  public Outcome refund(RefundOrder refund, Ask ask) {
    if (!refund.currency().equals(AlipayText.CURRENCY)) {
      throw new IllegalArgumentException(
          "this provider refunds " + AlipayText.CURRENCY + ", not " + refund.currency());
    }
    RefundRef ref = refund.refund();
    ObjectNode content = content("trade_no", ref.transactionId());
    content.put("out_request_no", ref.refundNo());
    content.put("refund_amount", Money.of(refund.amountMinor(), refund.currency()).major());
    return ask(
        "alipay.trade.refund",
        content,
        ofTrade(ref),
        ask,
        (answer, good) -> new Observed(Standing.REFUND_PENDING, false, good.evidence()));
  }

  @Override
  public Outcome queryRefund(RefundRef refund, Ask ask) {
    ObjectNode content = content("trade_no", refund.transactionId());
    content.put("out_request_no", refund.refundNo());
    content.putArray("query_options").add("gmt_refund_pay");
    Subject subject = ofTrade(refund).with("out_request_no", refund.refundNo());
    return ask(
        "alipay.trade.fastpay.refund.query",
        content,
        subject,
        ask,
        new Reader() {
          @Override
          public Outcome read(CallbackRequest answer, AnswerCheck.Good good)
              throws UnreadableContentException {
            return told(answer, good);
          }

          @Override
          public boolean mayNameNothing() {
            return true;
          }
        });
  }

  private static Subject ofTrade(RefundRef refund) {
    return new Subject()
        .with("trade_no", refund.transactionId())
        .with("out_trade_no", refund.orderNo());
  }

  private static ObjectNode content(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private interface Reader {
    Outcome read(CallbackRequest answer, AnswerCheck.Good good) throws UnreadableContentException;

    /** Whether success alone, of nothing in particular, is an answer: that there is none. */
    default boolean mayNameNothing() {
      return false;
    }
  }

  private Outcome ask(String method, ObjectNode content, Subject subject, Ask ask, Reader reader) {
    URI host = hosts.get(ask.host() % hosts.size());
    ApiReply reply = transport.send(requests.signed(host, method, content, ask.now()));
    if (reply instanceof ApiReply.Answered answered) {
      return judged(answered, answered.asRequest(ask.deliveryId()), subject, reader);
    }
    return Unknown.of((ApiReply.Failed) reply);
  }

  private Outcome judged(
      ApiReply.Answered answered, CallbackRequest answer, Subject subject, Reader reader) {
    if (answered.status() != 200) {
      return AlipayError.ofStatus(answered);
    }
    try {
      AnswerCheck.Checked checked = signatures.check(answered.body(), answered.receivedAt());
      if (checked instanceof AnswerCheck.Good good) {
        return AlipayAnswer.isSuccess(good.content())
            ? about(answer, good, subject, reader)
            : AlipayError.signed(
                good.content(),
                subject.isNamedBy(good.content()),
                good.evidence(),
                RetryAfter.of(answered).orElse(null));
      }
      if (checked instanceof AnswerCheck.Bad bad) {
        return Unknown.of(bad.refused());
      }
      JsonNode content = ((AnswerCheck.Unsigned) checked).content();
      return AlipayAnswer.isSuccess(content)
          ? new Unknown(Doubt.UNVERIFIED, "the answer says success, and nobody signed it")
          : AlipayError.unsigned(content, RetryAfter.of(answered).orElse(null));
    } catch (UnreadableContentException e) {
      return new Unknown(Doubt.UNREADABLE, e.detail());
    }
  }

  private static Outcome about(
      CallbackRequest answer, AnswerCheck.Good good, Subject subject, Reader reader)
      throws UnreadableContentException {
    // A refund that was never asked for, or did not go through: nothing was found, and it says so.
    if (reader.mayNameNothing() && subject.isUnmentionedBy(good.content())) {
      return new Observed(Standing.UNCLEAR, false, good.evidence());
    }
    Optional<String> other = subject.contradictedBy(good.content());
    return other.isEmpty()
        ? reader.read(answer, good)
        : new Unknown(
            Doubt.ANOTHER_SUBJECT,
            "the answer is signed, but its " + other.get() + " is not what was asked for");
  }

  private Outcome told(CallbackRequest answer, AnswerCheck.Good good)
      throws UnreadableContentException {
    AlipayAnswer said = AlipayAnswer.read(good.content(), config, answer.receivedAt());
    return said.isFact()
        ? new Told(
            said.standing(),
            List.of(said.notification(good.content(), config, answer, good.evidence())))
        : new Observed(said.standing(), true, good.evidence());
  }
}
