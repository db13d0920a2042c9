package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.ProtocolSample;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Alipay for the contract test: everything is in a form, decoded here by the JDK's decoder. */
public final class AlipaySample implements ProtocolSample {

  private final Account account = AlipayFixture.accountWithOneKey();

  @Override
  public String protocolId() {
    return "alipay";
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public CallbackSigner signer() {
    return AlipayFixture.signer();
  }

  @Override
  public CallbackSigner.PaidNotice notice() {
    return AlipayFixture.NOTICE;
  }

  @Override
  public CallbackSigner.RefundNotice refund() {
    return AlipayFixture.REFUND;
  }

  @Override
  public List<String> signatureFields() {
    return List.of("sign", "sign_type");
  }

  @Override
  public String value(CallbackRequest request, String field) {
    return decoded(
        pairs(request.body())
            .filter(pair -> pair.startsWith(field + "="))
            .findFirst()
            .orElseThrow()
            .substring(field.length() + 1));
  }

  @Override
  public CallbackRequest with(CallbackRequest request, String field, List<String> values) {
    List<String> pairs =
        new ArrayList<>(
            pairs(request.body()).filter(pair -> !pair.startsWith(field + "=")).toList());
    values.forEach(value -> pairs.add(field + "=" + URLEncoder.encode(value, ISO_8859_1)));
    return Callbacks.withBody(request, String.join("&", pairs).getBytes(ISO_8859_1));
  }

  @Override
  public boolean sameContent(CallbackRequest one, CallbackRequest other) {
    try {
      return parameters(one).equals(parameters(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, "text/plain", "success");
  }

  @Override
  public CallbackAnswer declinedWith(int status) {
    return new CallbackAnswer(status, "text/plain", "fail");
  }

  private static List<String> parameters(CallbackRequest request) {
    return pairs(request.body())
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length < 2 || !decoded(pair[1]).isBlank())
        .map(pair -> decoded(pair[0]) + (pair.length < 2 ? "" : "=" + decoded(pair[1])))
        .sorted()
        .toList();
  }

  private static Stream<String> pairs(RawBytes body) {
    return Stream.of(new String(body.bytes(), ISO_8859_1).split("&", -1));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, ISO_8859_1);
  }
}
