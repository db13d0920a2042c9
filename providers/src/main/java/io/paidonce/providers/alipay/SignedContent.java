package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;

/**
 * The text that a notice's signature covers (the "V1" rule): all parameters but {@code sign} and
 * {@code sign_type}, in the order of their names, as bytes in the form's own charset.
 */
final class SignedContent {

  private SignedContent() {}

  /** Without the blank parameters, as the provider's main SDK signs. */
  static byte[] withoutBlanks(SortedMap<String, FormBody.Parameter> parameters) {
    return join(parameters, false);
  }

  /** With them, as its other SDK signs; they carry nothing either way. */
  static byte[] withBlanks(SortedMap<String, FormBody.Parameter> parameters) {
    return join(parameters, true);
  }

  /** Whether the two differ. */
  static boolean hasBlanks(SortedMap<String, FormBody.Parameter> parameters) {
    return parameters.values().stream().anyMatch(FormBody.Parameter::isBlank);
  }

  private static byte[] join(SortedMap<String, FormBody.Parameter> parameters, boolean keepBlanks) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(1024);
    parameters.forEach(
        (name, value) -> {
          if (name.equals("sign") || name.equals("sign_type") || (!keepBlanks && value.isBlank())) {
            return;
          }
          if (content.size() > 0) {
            content.write('&');
          }
          content.writeBytes(name.getBytes(US_ASCII));
          content.write('=');
          content.writeBytes(value.bytes().bytes());
        });
    return content.toByteArray();
  }
}
