package io.paidonce.providers.alipay;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Authentic;
import io.paidonce.providers.Verdict.Refused;
import io.paidonce.providers.Verdict.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One application: decodes the form as far as the signature's rule needs, verifies, then reads.
 * There is no window on the send time: re-sends go on for a day, and nothing fresh is signed.
 */
final class AlipayAccount implements Account {

  private static final String CONTENT_TYPE = "content-type";

  private final AlipayConfig config;
  private final AlipayKeys keys;

  AlipayAccount(AlipayConfig config, AlipayKeys keys) {
    this.config = config;
    this.keys = keys;
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
    return keys.described();
  }

  @Override
  public List<String> warnings() {
    return config.signature() == SignType.RSA
        ? List.of(
            "signType is RSA: what Alipay sends is believed by SHA-1, which is weak; move the"
                + " application to RSA2 in Alipay's console, then take signType out")
        : List.of();
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    FormBody form;
    try {
      form = FormBody.parse(request.body().bytes());
    } catch (MalformedFormException e) {
      return e.refused();
    }
    String sign = form.text("sign");
    String signType = form.text("sign_type");
    if (sign == null || signType == null) {
      return missing(sign == null ? "sign" : "sign_type");
    }
    // It stands outside of the signature: the form does not get to choose.
    if (!signType.equals(config.signature().name())) {
      return new Refused(
          Rejection.UNSUPPORTED_ALGORITHM,
          "sign_type is " + AccountChecks.shown(signType) + "; accepted: " + config.signature());
    }
    String certSn = form.text("alipay_cert_sn");
    List<AlipayKeys.Key> candidates = keys.candidates(certSn, request.receivedAt());
    if (candidates.isEmpty()) {
      return keys.unknown(certSn);
    }
    AlipayKeys.Key key = verifyingKey(form, sign, candidates).orElse(null);
    if (key == null) {
      return mismatch(sign, candidates.size(), form.parameters().size());
    }
    Evidence evidence = new Evidence(key.id(), contentType(request), request.body());
    try {
      return new Authentic(notifications(AlipayNotice.of(form), request, evidence));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), evidence);
    }
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    try {
      AnswerCheck.Checked checked = new AnswerCheck(keys).check(answer.body(), answer.receivedAt());
      if (checked instanceof AnswerCheck.Good good) {
        return readAnswer(answer, good);
      }
      return checked instanceof AnswerCheck.Bad bad ? bad.refused() : missing("sign");
    } catch (UnreadableContentException e) {
      // Nothing of it is signed, or it can't be told what.
      return new Refused(Rejection.MALFORMED_REQUEST, e.detail());
    }
  }

  private Verdict readAnswer(CallbackRequest answer, AnswerCheck.Good good) {
    try {
      AlipayAnswer said = AlipayAnswer.read(good.content(), config, answer.receivedAt());
      return new Authentic(
          List.of(said.notification(good.content(), config, answer, good.evidence())));
    } catch (UnreadableContentException e) {
      return new Unreadable(e.detail(), good.evidence());
    }
  }

  private static Optional<AlipayKeys.Key> verifyingKey(
      FormBody form, String sign, List<AlipayKeys.Key> candidates) {
    Optional<AlipayKeys.Key> key =
        keyThatVerifies(sign, SignedContent.withoutBlanks(form.parameters()), candidates);
    return key.isPresent() || !SignedContent.hasBlanks(form.parameters())
        ? key
        : keyThatVerifies(sign, SignedContent.withBlanks(form.parameters()), candidates);
  }

  private static Optional<AlipayKeys.Key> keyThatVerifies(
      String sign, byte[] content, List<AlipayKeys.Key> candidates) {
    return candidates.stream().filter(key -> key.verifies(sign, content)).findFirst();
  }

  private List<PaymentNotification> notifications(
      AlipayNotice notice, CallbackRequest request, Evidence evidence)
      throws UnreadableContentException {
    List<PaymentNotification> notifications = new ArrayList<>();
    // A refund's notice says paid as well, sometimes before any other did: two facts in one form.
    // The refund goes first, so that an order refunded in full is never called paid, and shipped,
    // for the moment between the two.
    if (notice.isRefund()) {
      RefundFact refund = notice.refund(config, request.receivedAt());
      notifications.add(
          notification(NotificationKind.REFUND, notice, null, refund, request, evidence));
    }
    if (notice.isPaid()) {
      PaymentFact payment = notice.payment(config, request.receivedAt());
      notifications.add(
          notification(NotificationKind.PAYMENT, notice, payment, null, request, evidence));
    }
    if (notice.isClosedUnpaid()) {
      notice.requiredOrderNo();
      notifications.add(
          notification(NotificationKind.TRADE_CLOSED, notice, null, null, request, evidence));
    }
    if (notifications.isEmpty()) {
      notifications.add(
          notification(NotificationKind.UNRECOGNISED, notice, null, null, request, evidence));
    }
    return notifications;
  }

  private PaymentNotification notification(
      NotificationKind kind,
      AlipayNotice notice,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      CallbackRequest request,
      Evidence evidence)
      throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          AlipayProtocol.PROVIDER,
          config.id(),
          AlipayProtocol.ID,
          config.shop(),
          notice.orderNo(),
          kind,
          notice.eventType(),
          notice.notificationId(),
          request.deliveryId(),
          Authentication.SIGNED,
          Witness.CALLBACK,
          request.receivedAt(),
          payment,
          refund,
          evidence);
    } catch (IllegalArgumentException e) {
      // All that comes from us was checked before, so it is the bounds of what the provider says.
      throw UnreadableContentException.of(e);
    }
  }

  // Takes no part in verification, but tells a later reader how the body was labelled.
  private static Map<String, String> contentType(CallbackRequest request) {
    List<String> values = request.header(CONTENT_TYPE);
    return values.isEmpty() ? Map.of() : Map.of(CONTENT_TYPE, values.get(0));
  }

  private static Refused missing(String name) {
    return new Refused(
        Rejection.MISSING_SIGNATURE_FIELD, "the parameter " + name + " is absent or blank");
  }

  private Refused mismatch(String sign, int candidates, int parameters) {
    String cause =
        sign.indexOf(' ') >= 0
            ? "sign holds blanks where Base64 has '+': a proxy decoded %2B on its way"
            : "was a parameter altered, or is the configured key not Alipay's?";
    return new Refused(
        Rejection.SIGNATURE_MISMATCH,
        "the signature fits none of the "
            + candidates
            + " Alipay keys of account "
            + config.id()
            + " and the "
            + parameters
            + " parameters as received ("
            + cause
            + ")");
  }
}
