package io.paidonce.providers.wechatv3;

import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.ProtocolSample;
import java.math.BigInteger;
import java.util.List;

/** WeChat Pay v3 for the contract test: everything is in headers and raw bytes. */
public final class WechatV3Sample implements ProtocolSample {

  private final Account account = WechatV3Fixture.account();

  @Override
  public String protocolId() {
    return "wechat-v3";
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public CallbackSigner signer() {
    return WechatV3Fixture.signer();
  }

  @Override
  public CallbackSigner.PaidNotice notice() {
    return WechatV3Fixture.NOTICE;
  }

  @Override
  public CallbackSigner.RefundNotice refund() {
    return WechatV3Fixture.REFUND;
  }

  @Override
  public List<String> signatureFields() {
    return List.of(
        "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-signature", "wechatpay-serial");
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
    return one.body().equals(other.body())
        && signatureFields().stream()
            .filter(field -> !field.equals("wechatpay-serial"))
            .allMatch(field -> one.header(field).equals(other.header(field)))
        && sameSerial(one.header("wechatpay-serial"), other.header("wechatpay-serial"));
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, "application/json", "{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
  }

  @Override
  public CallbackAnswer declinedWith(int status) {
    return new CallbackAnswer(
        status, "application/json", "{\"code\":\"FAIL\",\"message\":\"not accepted\"}");
  }

  private static boolean sameSerial(List<String> one, List<String> other) {
    try {
      return one.size() == 1
          && other.size() == 1
          && new BigInteger(one.get(0), 16).equals(new BigInteger(other.get(0), 16));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
