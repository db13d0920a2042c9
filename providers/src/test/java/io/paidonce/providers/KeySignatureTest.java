package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.junit.jupiter.api.Test;

/** A key signs in one way; which one is never the message's choice. */
class KeySignatureTest {

  private static final byte[] MESSAGE = "message".getBytes(UTF_8);
  private static final KeyPair SM2 = Sm2Keys.newKeyPair();

  @Test
  void eachKeySignsByItsOwnAlgorithm() {
    for (KeyPair keys : List.of(TestKeys.PLATFORM, SM2)) {
      String signature = KeySignature.sign(keys.getPrivate(), MESSAGE);
      assertThat(KeySignature.verifies(keys.getPublic(), signature, MESSAGE)).isTrue();
      assertThat(
              KeySignature.verifies(
                  keys.getPublic(), signature, "mes".getBytes(UTF_8), "sage".getBytes(UTF_8)))
          .isTrue();
      assertThat(KeySignature.verifies(keys.getPublic(), signature, "Message".getBytes(UTF_8)))
          .isFalse();
      for (KeyPair other : List.of(TestKeys.OTHER, Sm2Keys.newKeyPair())) {
        assertThat(KeySignature.verifies(other.getPublic(), signature, MESSAGE)).isFalse();
      }
      assertThat(KeySignature.verifies(keys.getPublic(), "", MESSAGE)).isFalse();
      assertThat(KeySignature.verifies(keys.getPublic(), "%%%", MESSAGE)).isFalse();
      assertThat(KeySignature.verifies(keys.getPublic(), "AAAA", MESSAGE)).isFalse();
    }
  }

  @Test
  void anSm2SignatureHasOneSpelling() {
    byte[] der = Base64.getDecoder().decode(KeySignature.sign(SM2.getPrivate(), MESSAGE));
    byte[] longLength = new byte[der.length + 1];
    longLength[0] = der[0];
    longLength[1] = (byte) 0x81;
    System.arraycopy(der, 1, longLength, 2, der.length - 1);
    int r = der[3] & 0xFF;
    byte[] raw = new byte[64];
    right(Arrays.copyOfRange(der, 4, 4 + r), raw, 32);
    right(Arrays.copyOfRange(der, 6 + r, der.length), raw, 64);
    for (byte[] other :
        List.of(longLength, raw, Arrays.copyOf(der, der.length + 1), Arrays.copyOf(der, 8))) {
      assertThat(verifies(other)).isFalse();
    }
    assertThat(verifies(der)).isTrue();
  }

  @Test
  void whoSignsUnderAnotherUserIdSignsSomethingElse() throws GeneralSecurityException {
    for (String id : List.of("1234567812345678", "1234567812345679", "")) {
      Signature signature = Signature.getInstance("SM3withSM2", Sm2Keys.provider());
      signature.setParameter(new SM2ParameterSpec(id.getBytes(US_ASCII)));
      signature.initSign(SM2.getPrivate());
      signature.update(MESSAGE);
      assertThat(verifies(signature.sign())).isEqualTo(id.equals("1234567812345678"));
    }
  }

  @Test
  void nothingIsRegisteredWithTheJvm() {
    KeySignature.sign(SM2.getPrivate(), MESSAGE);
    assertThat(Security.getProvider("BC")).isNull();
  }

  private static boolean verifies(byte[] signature) {
    return KeySignature.verifies(
        SM2.getPublic(), Base64.getEncoder().encodeToString(signature), MESSAGE);
  }

  // A DER integer without its sign byte, ending there.
  private static void right(byte[] number, byte[] target, int end) {
    int digits = Math.min(32, number.length);
    System.arraycopy(number, number.length - digits, target, end - digits, digits);
  }
}
