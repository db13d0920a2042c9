package io.paidonce.providers.wechatv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is signed, by vectors made elsewhere and by what must and must not change them. */
class SignTypeTest {

  private static final Secret KEY = Secret.of("192006250b4c09247ec02edce69f6a2d");
  private static final String MD5 = "9A0A8659F005D6984697E2CA0A9CF3B7";
  private static final String HMAC =
      "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6";

  @Test
  void theProvidersOwnExampleIsSignedSo() {
    assertThat(SignType.MD5.sign(example(), KEY)).isEqualTo(MD5);
    assertThat(SignType.HMAC_SHA256.sign(example(), KEY)).isEqualTo(HMAC);
  }

  @Test
  void emptyFieldsAndTheSignatureItselfAreNotSigned() {
    Map<String, String> fields = example();
    fields.put("attach", "");
    fields.put("sign", "ANYTHING");
    assertThat(SignType.MD5.sign(fields, KEY)).isEqualTo(MD5);
  }

  @Test
  void allElseIsSigned() {
    for (Map.Entry<String, String> other :
        Map.of(
                "a_field_of_tomorrow", "1",
                "coupon_fee_0", "1",
                "sign_type", "MD5",
                "attach", " ",
                "Sign", "x")
            .entrySet()) {
      Map<String, String> fields = example();
      fields.put(other.getKey(), other.getValue());
      assertThat(SignType.MD5.sign(fields, KEY)).as(other.getKey()).isNotEqualTo(MD5);
      assertThat(SignType.HMAC_SHA256.sign(fields, KEY)).as(other.getKey()).isNotEqualTo(HMAC);
    }
    Map<String, String> trimmed = example();
    trimmed.put("body", "test ");
    assertThat(SignType.MD5.sign(trimmed, KEY)).isNotEqualTo(MD5);
  }

  @Test
  void namesAreSortedByTheirBytes() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("a", "2");
    fields.put("B", "1");
    fields.put("_", "3");
    // md5 of "B=1&_=3&a=2&key=k"
    assertThat(SignType.MD5.sign(fields, Secret.of("k")))
        .isEqualTo("4245478ACC7E1CA7661F7CEC9AABF13A");
  }

  @Test
  void anotherNameIsNoSignature() {
    assertThat(SignType.named("MD5")).hasValue(SignType.MD5);
    assertThat(SignType.named("HMAC-SHA256")).hasValue(SignType.HMAC_SHA256);
    assertThat(SignType.named("md5")).isEmpty();
    assertThat(SignType.named("HMAC_SHA256")).isEmpty();
    assertThatThrownBy(() -> new WechatV2Signer(KEY, "SHA1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void evidenceNamesAKeyWithoutShowingIt() {
    ApiKey key = ApiKey.of(KEY);
    assertThat(key.id()).matches("apiv2:[0-9a-f]{16}").isEqualTo(ApiKey.of(KEY).id());
    assertThat(key.toString()).doesNotContain(KEY.reveal());
    assertThat(ApiKey.of(Secret.of("192006250b4c09247ec02edce69f6a2e")).id())
        .isNotEqualTo(key.id());
  }

  private static Map<String, String> example() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("nonce_str", "ibuaiVcKdpRxkhJA");
    fields.put("mch_id", "10000100");
    fields.put("device_info", "1000");
    fields.put("body", "test");
    fields.put("appid", "wxd930ea5d5a258f4f");
    return fields;
  }
}
