package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderKeys;
import io.paidonce.providers.RsaPublicKeys;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.wechatv3.CertificateDownload.Downloaded;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what came of asking for the platform's certificates. Believed is what a key signed that is
 * already known. Only an account that knows none at all believes what a certificate in the answer
 * signed: then the APIv3 key, which encrypts the certificates, and TLS are all there is.
 */
final class CertificateAnswer {

  private static final int MOST_CERTIFICATES = 20;
  private static final String ENCRYPTED = "encrypt_certificate";
  private static final String RETIRED = "NOT_FOUND";

  private final String mchid;
  private final ContentCipher cipher;
  private final KeyRing known;
  private final Suite suite;

  /**
   * @param suite of the question: the certificates must be of it, and are encrypted by it
   */
  CertificateAnswer(WechatV3Config config, KeyRing known, Suite suite) {
    this.mchid = config.id();
    this.cipher = new ContentCipher(config.apiV3Keys());
    this.known = known;
    this.suite = suite;
  }

  CertificateDownload judged(ApiReply.Answered answered, CallbackRequest answer) {
    try {
      if (answered.status() / 100 != 2) {
        return error(answered, answer);
      }
      if (!known.ids().isEmpty()) {
        Optional<Failed> bad = unverified(answer, known);
        return bad.isPresent() ? bad.get() : downloaded(answer);
      }
      Downloaded first = downloaded(answer);
      Optional<Failed> bad = unverified(answer, known.with(first.certificates()));
      return bad.isPresent() ? bad.get() : first;
    } catch (UnreadableContentException e) {
      return new Failed(Doubt.UNREADABLE, e.detail());
    }
  }

  // A merchant who has only public keys any more is told so as an error. Where nobody signed that,
  // somebody else may have said it; and the last key is never given away for it, since then the
  // next download would be believed like the first.
  private CertificateDownload error(ApiReply.Answered answered, CallbackRequest answer) {
    SignatureCheck.Checked checked = new SignatureCheck(mchid, known).check(answer);
    @Nullable Evidence evidence =
        checked instanceof SignatureCheck.Good good ? good.evidence() : null;
    Outcome outcome = ErrorAnswer.outcome(answered, evidence);
    if (outcome instanceof Unknown unknown) {
      return Failed.of(unknown);
    }
    String code = outcome instanceof Refused refused ? refused.code() : "of something else";
    return evidence != null
            && answered.status() == 404
            && code.equals(RETIRED)
            && !known.with(List.of()).ids().isEmpty()
        ? new Downloaded(List.of())
        : new Failed(Doubt.UNEXPECTED_STATUS, "HTTP " + answered.status() + " " + code);
  }

  private Optional<Failed> unverified(CallbackRequest answer, KeyRing keys) {
    return new SignatureCheck(mchid, keys).check(answer) instanceof SignatureCheck.Bad bad
        ? Optional.of(Failed.of(Unknown.of(bad.refused())))
        : Optional.empty();
  }

  private Downloaded downloaded(CallbackRequest answer) throws UnreadableContentException {
    JsonNode content = StrictJson.object(answer.body().bytes(), "the answer");
    List<PlatformCertificate> certificates = new ArrayList<>();
    Set<String> serials = new HashSet<>();
    for (JsonNode entry : StrictJson.objects(content, "data", MOST_CERTIFICATES)) {
      PlatformCertificate certificate = certificate(entry);
      if (!serials.add(certificate.serial())) {
        throw new UnreadableContentException("data: two certificates have one serial_no");
      }
      if (!answer.receivedAt().isAfter(certificate.validUntil())) {
        certificates.add(certificate);
      }
    }
    requireOneValid(certificates, answer.receivedAt());
    return new Downloaded(certificates);
  }

  private PlatformCertificate certificate(JsonNode entry) throws UnreadableContentException {
    String pem =
        Encrypted.read(StrictJson.object(entry, ENCRYPTED), ENCRYPTED)
            .of(suite, ENCRYPTED)
            .decrypted(cipher)
            .map(plain -> new String(plain, UTF_8))
            .orElseThrow(
                () ->
                    new UnreadableContentException(
                        "encrypt_certificate decrypts with none of the "
                            + cipher.keyCount()
                            + " APIv3 keys of account "
                            + mchid));
    PlatformCertificate certificate = new PlatformCertificate(parsed(pem));
    String stated = StrictJson.text(entry, "serial_no");
    if (!KeyRing.normalised(stated).equals(Optional.of(certificate.serial()))) {
      throw new UnreadableContentException("serial_no is not the certificate's own");
    }
    return certificate;
  }

  private X509Certificate parsed(String pem) throws UnreadableContentException {
    X509Certificate certificate =
        PemText.single(pem)
            .filter(block -> block.label().equals("CERTIFICATE"))
            .flatMap(block -> ProviderKeys.readCertificate(block, Problems.none()))
            .filter(read -> Suite.of(read.getPublicKey()) == suite)
            .orElseThrow(
                () ->
                    new UnreadableContentException(
                        suite == Suite.SM
                            ? "encrypt_certificate holds no X.509 certificate of an SM2 key"
                            : "encrypt_certificate holds no X.509 certificate of an RSA key of at"
                                + " least "
                                + RsaPublicKeys.MIN_BITS
                                + " bits"));
    if (KeyRing.isIssuedTo(certificate, mchid)) {
      throw new UnreadableContentException("encrypt_certificate holds the merchant's own");
    }
    return certificate;
  }

  // With none of them valid now, taking them for the last good ones would lose those that are.
  private static void requireOneValid(List<PlatformCertificate> certificates, Instant now)
      throws UnreadableContentException {
    if (certificates.stream().noneMatch(certificate -> certificate.isValidAt(now))) {
      throw new UnreadableContentException("data: no certificate is valid by our clock");
    }
  }
}
