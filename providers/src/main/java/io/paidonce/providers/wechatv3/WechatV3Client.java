package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.Witness;
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
import io.paidonce.providers.Standing;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.Subject;
import io.paidonce.providers.UnreadableContentException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks in one merchant's name. An answer is verified over its untouched bytes by the rule of
 * callbacks, then it must be about what was asked, then it is read.
 */
final class WechatV3Client implements ProviderClient {

  private final WechatV3Config config;
  private final @Nullable String partner;
  private final WechatV3Paths paths;
  private final RequestSigner signer;
  private final SignatureCheck signatures;
  private final List<URI> hosts;
  private final ApiTransport transport;

  WechatV3Client(
      WechatV3Config config,
      @Nullable String partner,
      WechatV3Paths paths,
      RequestSigner signer,
      KeyRing keys,
      List<URI> hosts,
      ApiTransport transport) {
    this.config = config;
    this.partner = partner;
    this.paths = paths;
    this.signer = signer;
    this.signatures = new SignatureCheck(config.id(), keys);
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
    return query(paths.order(orderNo), ofMerchant().with("out_trade_no", orderNo), ask);
  }

  @Override
  public Outcome queryTransaction(String transactionId, @Nullable String orderNo, Ask ask) {
    Subject subject = ofMerchant().with("transaction_id", transactionId);
    if (orderNo != null) {
      subject.with("out_trade_no", orderNo);
    }
    return query(paths.transaction(transactionId), subject, ask);
  }

  @Override
  public Outcome close(String orderNo, Ask ask) {
    return command(paths.close(orderNo), paths.closeBody(), ask);
  }

  @Override
  public Outcome refund(RefundOrder refund, Ask ask) {
    Subject subject = of(refund.refund());
    return ask(
        "POST",
        paths.refund(),
        paths.refundBody(refund),
        ask,
        (answer, evidence) -> read(answer, evidence, subject));
  }

  @Override
  public Outcome queryRefund(RefundRef refund, Ask ask) {
    return query(paths.refundState(refund), of(refund), ask);
  }

  @Override
  public Outcome queryCombined(CombinedOrder combined, Ask ask) {
    requireNoPartner();
    Subject subject =
        new Subject()
            .with("combine_mchid", config.id())
            .with("combine_out_trade_no", combined.combineOrderNo())
            .withEach(
                "sub_orders",
                "out_trade_no",
                combined.subOrders().stream().map(SubOrder::orderNo).toList());
    return query(paths.combined(combined.combineOrderNo()), subject, ask);
  }

  @Override
  public Outcome closeCombined(CombinedOrder combined, Ask ask) {
    requireNoPartner();
    return command(
        paths.closeCombined(combined.combineOrderNo()), paths.closeCombinedBody(combined), ask);
  }

  private interface Reader {
    Outcome read(CallbackRequest answer, Evidence evidence);
  }

  private Outcome query(String path, Subject subject, Ask ask) {
    return ask("GET", path, "", ask, (answer, evidence) -> read(answer, evidence, subject));
  }

  // What is accepted is signed, but the content is empty and names nothing. The status is not
  // signed: an error's content under a 200 must not pass for it.
  private Outcome command(String path, String body, Ask ask) {
    return ask(
        "POST",
        path,
        body,
        ask,
        (answer, evidence) ->
            answer.body().length() == 0
                ? new Observed(Standing.CLOSE_ACCEPTED, false, evidence)
                : new Unknown(Doubt.UNREADABLE, "the answer to a command is not empty"));
  }

  private Outcome ask(String method, String path, String body, Ask ask, Reader reader) {
    URI uri = URI.create(hosts.get(ask.host() % hosts.size()) + path);
    ApiReply reply = transport.send(signer.signed(method, uri, body, ask.now()));
    if (reply instanceof ApiReply.Answered answered) {
      return judged(answered, answered.asRequest(ask.deliveryId()), reader);
    }
    return Unknown.of((ApiReply.Failed) reply);
  }

  private Outcome judged(ApiReply.Answered answered, CallbackRequest answer, Reader reader) {
    boolean success = answered.status() / 100 == 2;
    SignatureCheck.Checked checked = signatures.check(answer);
    if (checked instanceof SignatureCheck.Good good) {
      return success
          ? reader.read(answer, good.evidence())
          : ErrorAnswer.outcome(answered, good.evidence());
    }
    Unknown unverified = Unknown.of(((SignatureCheck.Bad) checked).refused());
    // Errors are not always signed; a probe is one more answer that will be signed next time.
    return success || unverified.why() == Doubt.PROBE
        ? unverified
        : ErrorAnswer.outcome(answered, null);
  }

  private Outcome read(CallbackRequest answer, Evidence evidence, Subject subject) {
    try {
      JsonNode content = StrictJson.object(answer.body().bytes(), "the answer");
      Optional<String> other = subject.contradictedBy(content);
      if (other.isPresent()) {
        return new Unknown(
            Doubt.ANOTHER_SUBJECT,
            "the answer is signed, but its " + other.get() + " is not what was asked for");
      }
      Hearing hearing = Hearing.of(answer, config, Witness.QUERY);
      AnswerContent said = AnswerContent.read(content, hearing);
      return said.facts().isEmpty()
          ? new Observed(said.standing(), true, evidence)
          : new Told(said.standing(), said.notifications(answer, hearing, evidence));
    } catch (UnreadableContentException e) {
      return new Unknown(Doubt.UNREADABLE, e.detail());
    }
  }

  // There a partner combines, and its merchants are named otherwise in question and answer.
  private void requireNoPartner() {
    if (partner != null) {
      throw new IllegalArgumentException(
          "combined orders are not asked about in a partner's name: " + config.id());
    }
  }

  private Subject ofMerchant() {
    return partner == null
        ? new Subject().with("mchid", config.id())
        : new Subject().with("sp_mchid", partner).with("sub_mchid", config.id());
  }

  // It names no merchant; our number of the refund and the provider's of the payment are ours.
  private static Subject of(RefundRef refund) {
    return new Subject()
        .with("out_refund_no", refund.refundNo())
        .with("transaction_id", refund.transactionId())
        .with("out_trade_no", refund.orderNo());
  }
}
