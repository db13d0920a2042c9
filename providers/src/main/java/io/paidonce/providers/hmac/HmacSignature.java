package io.paidonce.providers.hmac;

import org.jspecify.annotations.Nullable;

/**
 * Where a signature stands and what it covers. A place is {@code header:NAME}, {@code query:NAME}
 * or {@code body:NAME}; {@code signature:NAME} is a pair beside the signature in its own header.
 *
 * @param from where the signature stands
 * @param form how: {@code plain} (the default), {@code pairs} as in {@code t=1,v1=…,v1=…}, {@code
 *     versions} as in {@code v1,… v1,…}
 * @param scheme the name of the pair, the version, or of a plain one the text before it such as
 *     {@code sha256=}
 * @param algorithm {@code HMAC-SHA256} (the default), {@code HMAC-SHA512}, {@code HMAC-SHA1}
 * @param encoding of the signature: {@code hex} (the default), {@code base64}
 * @param secretEncoding how the secret's text becomes the key: {@code text} (the default, as it is,
 *     prefix and all), {@code base64}, {@code hex}
 * @param secretPrefix taken off before decoding, such as {@code whsec_}
 * @param signed the text that is signed, a template with {@code {body}} (the default), {@code
 *     {parameters}} or {@code {encodedParameters}}, and {@code {timestamp}}, {@code {id}}, {@code
 *     {method}}, {@code {path}} (of this account at the gateway), {@code {query}} (as it came)
 * @param timestamp where the time of sending stands
 * @param timestampUnit {@code seconds} (the default) or {@code milliseconds}
 * @param toleranceSeconds how far it may be from our clock, either side; 300
 * @param id where the id of the message stands
 * @param keyVersion where the version of the secret stands; where left out, all are tried
 */
public record HmacSignature(
    @Nullable String from,
    @Nullable String form,
    @Nullable String scheme,
    @Nullable String algorithm,
    @Nullable String encoding,
    @Nullable String secretEncoding,
    @Nullable String secretPrefix,
    @Nullable String signed,
    @Nullable String timestamp,
    @Nullable String timestampUnit,
    @Nullable Integer toleranceSeconds,
    @Nullable String id,
    @Nullable String keyVersion) {

  static final HmacSignature NONE =
      new HmacSignature(
          null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** These settings, and those of a preset where they are left out. */
  HmacSignature or(HmacSignature preset) {
    return new HmacSignature(
        first(from, preset.from),
        first(form, preset.form),
        first(scheme, preset.scheme),
        first(algorithm, preset.algorithm),
        first(encoding, preset.encoding),
        first(secretEncoding, preset.secretEncoding),
        first(secretPrefix, preset.secretPrefix),
        first(signed, preset.signed),
        first(timestamp, preset.timestamp),
        first(timestampUnit, preset.timestampUnit),
        first(toleranceSeconds, preset.toleranceSeconds),
        first(id, preset.id),
        first(keyVersion, preset.keyVersion));
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T preset) {
    return own == null ? preset : own;
  }
}
