package io.paidonce.providers;

import java.util.List;

/** What the contract test needs to know of a protocol: one good request and where its parts are. */
public interface ProtocolSample {

  /** Of the protocol this is a sample of. */
  String protocolId();

  Account account();

  /** Signs for that account. */
  CallbackSigner signer();

  CallbackSigner.PaidNotice notice();

  /** A part of that payment that went back. */
  CallbackSigner.RefundNotice refund();

  /** Whether refunds are signed; where they are not, nothing can be said of an altered one. */
  default boolean signsRefunds() {
    return true;
  }

  /** The headers or parameters that verification needs. */
  List<String> signatureFields();

  String value(CallbackRequest request, String field);

  /** The same request with other values of one of those fields; none for taking it out. */
  CallbackRequest with(CallbackRequest request, String field, List<String> values);

  /**
   * Whether two requests say the same under the same signature, in the protocol's own free spelling
   * (such as the case of hex digits): then both may be authentic. Knows nothing of our code.
   */
  boolean sameContent(CallbackRequest one, CallbackRequest other);

  /** The exact success answer. */
  CallbackAnswer accepted();

  /** The content type and body of the other answer. */
  CallbackAnswer declinedWith(int status);
}
