package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Key;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of RSA or of SM2: the key says it, and what is neither is said too. */
class ProviderKeysTest {

  private static final KeyPair SM2 = Sm2Keys.newKeyPair();

  @Test
  void bothAreReadInBothForms() {
    for (KeyPair keys : List.of(TestKeys.PLATFORM, SM2)) {
      for (String text :
          List.of(
              KeyText.publicKeyPem(keys.getPublic()), KeyText.publicKeyBase64(keys.getPublic()))) {
        assertThat(encoded(ProviderKeys.read(text, Problems.none())))
            .isEqualTo(keys.getPublic().getEncoded());
      }
      assertThat(
              KeySignature.isRsa(
                  ProviderKeys.readPrivate(
                          Secret.of(KeyText.privateKeyPem(keys.getPrivate())), Problems.none())
                      .orElseThrow()))
          .isEqualTo(keys != SM2);
      PemText certificate =
          PemText.single(TestCertificate.of(keys.getPublic(), keys.getPrivate()).serial("0B").pem())
              .orElseThrow();
      assertThat(
              ProviderKeys.readCertificate(certificate, Problems.none())
                  .orElseThrow()
                  .getPublicKey()
                  .getEncoded())
          .isEqualTo(keys.getPublic().getEncoded());
    }
  }

  @Test
  void whatWasPastedInsteadIsSaid() {
    assertThat(problem(KeyText.privateKeyPem(SM2.getPrivate()))).contains("private key");
    assertThat(problem(Base64.getEncoder().encodeToString(SM2.getPrivate().getEncoded())))
        .contains("private key");
    assertThat(problem(KeyText.publicKeyPem(TestKeys.ellipticCurve().getPublic())))
        .contains("is an EC key");
    byte[] cut = SM2.getPublic().getEncoded();
    cut[cut.length - 1] ^= 1;
    assertThat(problem(Base64.getEncoder().encodeToString(cut)))
        .contains("can't be read as its public key");
  }

  private static String problem(String text) {
    Problems problems = Problems.none();
    assertThat(ProviderKeys.read(text, problems)).isEmpty();
    return String.join("\n", problems.lines());
  }

  private static byte[] encoded(Optional<? extends Key> key) {
    return key.orElseThrow().getEncoded();
  }
}
