package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Alipay calls a certificate: a digest of its issuer's name and its serial number. */
final class CertificateSn {

  // 1.2.840.113549.1.1, below which all RSA signatures are.
  private static final byte[] RSA = HexFormat.of().parseHex("2a864886f70d0101");
  // 1.2.156.10197.1.501, SM2 with SM3.
  private static final byte[] SM2 = HexFormat.of().parseHex("2a811ccf55018375");
  private static final int SEQUENCE = 0x30;
  private static final int OBJECT_ID = 0x06;

  private CertificateSn() {}

  /** The issuer by RFC 2253, then the serial in decimal, as the provider's library writes them. */
  static String of(X509Certificate certificate) {
    return of(certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber());
  }

  static String of(String issuer, BigInteger serial) {
    try {
      // Of fixed width: a number written in hexadecimal would lose zeros at its start.
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest((issuer + serial).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no MD5", e);
    }
  }

  /** Of several roots, in the order of their file. */
  static String ofRoots(List<X509Certificate> roots) {
    return roots.stream().map(CertificateSn::of).collect(Collectors.joining("_"));
  }

  /**
   * Whether a certificate is signed by a key of that type; empty where the bytes are no
   * certificate. Found without reading the rest: the file of roots also holds certificates of
   * curves that the JDK does not know.
   */
  static Optional<Boolean> isSignedBy(SignType signType, byte[] der) {
    byte[] algorithm = signType == SignType.SM2 ? SM2 : RSA;
    try {
      ByteBuffer toBeSigned = content(ByteBuffer.wrap(der), SEQUENCE);
      content(toBeSigned, SEQUENCE);
      ByteBuffer oid = content(content(toBeSigned, SEQUENCE), OBJECT_ID);
      byte[] bytes = new byte[oid.remaining()];
      oid.get(bytes);
      return Optional.of(
          bytes.length >= algorithm.length
              && Arrays.equals(algorithm, Arrays.copyOf(bytes, algorithm.length)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // The content of the next DER value; what follows it stays in the buffer.
  private static ByteBuffer content(ByteBuffer der, int tag) {
    if ((der.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("another tag");
    }
    int length = der.get() & 0xFF;
    if (length > 0x80 && length <= 0x83) {
      int bytes = length & 0x7F;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | (der.get() & 0xFF);
      }
    } else if (length >= 0x80) {
      throw new IllegalArgumentException("a length of other than one to three bytes");
    }
    int end = der.position() + length;
    if (end > der.limit()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer content = der.duplicate();
    content.limit(end);
    der.position(end);
    return content;
  }
}
