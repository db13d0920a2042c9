package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written can be read again, and one signature has one text. */
class KeyTextTest {

  @Test
  void aPrivateKeyComesBack() {
    String pem = KeyText.privateKeyPem(TestKeys.OTHER.getPrivate());
    assertThat(KeyText.privateKey(pem)).isEqualTo(TestKeys.OTHER.getPrivate());
    assertThat(KeyText.privateKey(pem.replace("\n", "\r\n") + "\r\n"))
        .isEqualTo(TestKeys.OTHER.getPrivate());
  }

  @Test
  void aPublicKeyComesBackFromEitherText() {
    for (String text :
        List.of(
            KeyText.publicKeyPem(TestKeys.OTHER.getPublic()),
            KeyText.publicKeyBase64(TestKeys.OTHER.getPublic()))) {
      assertThat(RsaPublicKeys.read(text, Problems.none()))
          .hasValueSatisfying(key -> assertThat(key).isEqualTo(TestKeys.OTHER.getPublic()));
    }
  }

  @Test
  void whatIsNoPrivateKeyIsRefused() {
    for (String text :
        List.of(
            "",
            KeyText.publicKeyPem(TestKeys.OTHER.getPublic()),
            KeyText.privateKeyPem(TestKeys.OTHER.getPrivate()).replace("PRIVATE", "RSA PRIVATE"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")) {
      assertThatThrownBy(() -> KeyText.privateKey(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void base64HasOneSpelling() {
    assertThat(StrictBase64.decode("QQ==")).hasValue(new byte[] {'A'});
    for (String other :
        List.of("QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "QQ===", "Q-_=", "QQ==QQ==")) {
      assertThat(StrictBase64.decode(other)).as(other).isEmpty();
    }
  }

  @Test
  void aSecretIsStars() {
    assertThat(Secret.of("text").toString()).doesNotContain("text");
  }
}
