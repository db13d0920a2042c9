package io.paidonce.launcher.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** A server's certificate, signed by itself, for an address. */
record ServerCertificate(KeyPair keys, X509Certificate certificate) {

  private static final char[] NO_PASSWORD = "throw-away".toCharArray();

  private static final String SHA256_WITH_RSA = "300d06092a864886f70d01010b0500";
  private static final String SUBJECT_ALTERNATIVE_NAME = "0603551d11";
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static ServerCertificate of(KeyPair keys, String ipAddress, Instant from, Instant until) {
    try {
      byte[] algorithm = HexFormat.of().parseHex(SHA256_WITH_RSA);
      byte[] name = new X500Principal("CN=Throw-away").getEncoded();
      byte[] alternative =
          der(
              0x30,
              HexFormat.of().parseHex(SUBJECT_ALTERNATIVE_NAME),
              der(0x04, der(0x30, der(0x87, InetAddress.getByName(ipAddress).getAddress()))));
      byte[] content =
          der(
              0x30,
              der(0xA0, der(0x02, new byte[] {2})),
              der(0x02, new byte[] {10}),
              algorithm,
              name,
              der(0x30, time(from), time(until)),
              name,
              keys.getPublic().getEncoded(),
              der(0xA3, der(0x30, alternative)));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] whole = der(0x30, content, algorithm, der(0x03, new byte[1], signature.sign()));
      return new ServerCertificate(
          keys,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(Instant instant) {
    return der(0x17, UTC_TIME.format(instant).getBytes(US_ASCII));
  }

  /** Tag, length and contents of one ASN.1 value. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      inner.writeBytes(part);
    }
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    outer.write(tag);
    if (inner.size() < 128) {
      outer.write(inner.size());
    } else {
      outer.write(0x82);
      outer.write(inner.size() >> 8);
      outer.write(inner.size());
    }
    outer.writeBytes(inner.toByteArray());
    return outer.toByteArray();
  }

  /** For who trusts it. */
  KeyStore trusted() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", certificate);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the server itself. */
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
