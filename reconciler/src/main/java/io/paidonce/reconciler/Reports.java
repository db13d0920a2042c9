package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records that a request ends in. Signed answers carry the answer as their evidence; our own
 * word carries none, and is only ever that nothing is known.
 */
final class Reports {

  /** The protocol of a request for an account that is spoken to by none. */
  static final String NO_PROTOCOL = "none";

  private static final Evidence NONE = new Evidence("none", Map.of(), RawBytes.of(new byte[0]));
  private static final int LONGEST_DETAIL = 300;

  private Reports() {}

  /** What the provider told. */
  static Report told(Job job, String protocol, Told told, String deliveryId) {
    PaymentNotification first = told.notifications().get(0);
    return new Report(
        job.ticket,
        job.request,
        told.notifications(),
        signed(
            job.request,
            protocol,
            Answer.TOLD,
            told.standing().name(),
            deliveryId,
            first.receivedAt(),
            first.evidence()));
  }

  /** What the provider said that is no fact. */
  static Report observed(
      Job job, String protocol, Observed observed, String deliveryId, Instant receivedAt) {
    return new Report(
        job.ticket,
        job.request,
        List.of(),
        signed(
            job.request,
            protocol,
            observed.standing().answer().orElseThrow(),
            observed.standing().name(),
            deliveryId,
            receivedAt,
            observed.evidence()));
  }

  /** Our own word: UNKNOWN or GAVE_UP, and why. */
  static Report own(
      Job job, String protocol, Answer answer, String why, String deliveryId, Instant now) {
    return new Report(
        job.ticket,
        job.request,
        List.of(),
        notification(
            job.request,
            protocol,
            answer.name(),
            deliveryId,
            Authentication.OWN,
            observation(job.request, answer, bounded(why), now),
            NONE));
  }

  /** An outcome in words. */
  static String words(Outcome outcome) {
    if (outcome instanceof Unknown unknown) {
      return unknown.why() + ", " + unknown.explanation();
    }
    if (outcome instanceof Refused refused) {
      return "refused with HTTP "
          + refused.status()
          + " "
          + refused.code()
          + (refused.signed() ? "" : ", not signed");
    }
    return outcome instanceof Observed observed
        ? observed.standing().name()
        : ((Told) outcome).standing().name();
  }

  private static PaymentNotification signed(
      ProviderRequest request,
      String protocol,
      Answer answer,
      String standing,
      String deliveryId,
      Instant receivedAt,
      Evidence evidence) {
    return notification(
        request,
        protocol,
        standing,
        deliveryId,
        Authentication.SIGNED,
        observation(request, answer, standing, receivedAt),
        evidence);
  }

  private static Observation observation(
      ProviderRequest request, Answer answer, @Nullable String detail, Instant receivedAt) {
    return new Observation(
        request.provider(),
        request.account(),
        request.requestId(),
        request.attempt(),
        answer,
        detail,
        receivedAt);
  }

  private static PaymentNotification notification(
      ProviderRequest request,
      String protocol,
      String eventType,
      String deliveryId,
      Authentication authentication,
      Observation observation,
      Evidence evidence) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        request.provider(),
        request.account(),
        protocol,
        request.shop(),
        request.orderNo(),
        NotificationKind.OBSERVATION,
        eventType,
        null,
        deliveryId,
        authentication,
        Witness.QUERY,
        observation.receivedAt(),
        null,
        null,
        requireNonNull(observation, "observation"),
        evidence);
  }

  // A provider's code and an exception's text are quoted in it; neither may break the record.
  private static String bounded(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
    return printable.length() <= LONGEST_DETAIL
        ? printable
        : printable.substring(0, LONGEST_DETAIL - 1) + "…";
  }
}
