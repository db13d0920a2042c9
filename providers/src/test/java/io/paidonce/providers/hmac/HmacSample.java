package io.paidonce.providers.hmac;

import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.ProtocolSample;
import java.util.List;
import java.util.Locale;

/** A source with three headers for the contract test; what else can be configured has vectors. */
public final class HmacSample implements ProtocolSample {

  private static final String SIGNATURE = "x-signature";

  private final HmacConfig config = HmacFixture.house();
  private final Account account = HmacFixture.account(config);

  @Override
  public String protocolId() {
    return "hmac";
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public CallbackSigner signer() {
    return new HmacSigner(config);
  }

  @Override
  public CallbackSigner.PaidNotice notice() {
    return HmacFixture.NOTICE;
  }

  @Override
  public CallbackSigner.RefundNotice refund() {
    return HmacFixture.REFUND;
  }

  @Override
  public List<String> signatureFields() {
    return List.of(SIGNATURE, "x-timestamp", "x-event-id");
  }

  @Override
  public String value(CallbackRequest request, String field) {
    return request.header(field).get(0);
  }

  @Override
  public CallbackRequest with(CallbackRequest request, String field, List<String> values) {
    return Callbacks.withHeader(request, field, values);
  }

  @Override
  public boolean sameContent(CallbackRequest one, CallbackRequest other) {
    return one.body().equals(other.body()) && head(one).equals(head(other));
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, "application/json", "{\"code\":\"SUCCESS\"}");
  }

  @Override
  public CallbackAnswer declinedWith(int status) {
    return new CallbackAnswer(status, "application/json", "{\"code\":\"FAIL\"}");
  }

  // The case of hex digits is free.
  private static List<List<String>> head(CallbackRequest request) {
    return List.of(
        request.header(SIGNATURE).stream().map(v -> v.toLowerCase(Locale.ROOT)).toList(),
        request.header("x-timestamp"),
        request.header("x-event-id"));
  }
}
