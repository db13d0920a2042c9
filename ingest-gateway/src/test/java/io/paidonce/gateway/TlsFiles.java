package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A throw-away authority with certificates for localhost, and clients that trust it. */
final class TlsFiles {

  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final AtomicLong SERIALS = new AtomicLong(100);
  private static final KeyPair ROOT = ecKeys();
  private static final String ROOT_NAME = "CN=Throw-away Root";

  static final String ROOT_PEM =
      certificate(
          ROOT,
          ROOT,
          ROOT_NAME,
          1,
          Instant.parse("2020-01-01T00:00:00Z"),
          Instant.parse("2100-01-01T00:00:00Z"));

  /** A certificate with its key, of the authority. */
  record Issued(String certificate, KeyPair keys, long serial, Instant until) {

    TlsConfig withItsIssuer() {
      return new TlsConfig(certificate + ROOT_PEM, key());
    }

    Secret key() {
      return keyOf(keys.getPrivate());
    }

    TlsIdentity identity() {
      Problems problems = Problems.none();
      return TlsIdentity.read(withItsIssuer(), problems)
          .orElseThrow(() -> new AssertionError(problems.lines()));
    }
  }

  private TlsFiles() {}

  static Issued issued() {
    return issued(Duration.ofDays(30));
  }

  static Issued issued(Duration validFor) {
    KeyPair keys = ecKeys();
    long serial = SERIALS.incrementAndGet();
    Instant until = Instant.ofEpochSecond(Instant.now().plus(validFor).getEpochSecond());
    return new Issued(
        certificate(keys, ROOT, "CN=localhost", serial, until.minus(Duration.ofDays(400)), until),
        keys,
        serial,
        until);
  }

  static Secret keyOf(PrivateKey key) {
    return Secret.of(KeyText.privateKeyPem(key));
  }

  static KeyPair ecKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts the authority and nobody else. */
  static SSLContext trusting() {
    try {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      byte[] pem = ROOT_PEM.getBytes(US_ASCII);
      roots.setCertificateEntry(
          "root",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String certificate(
      KeyPair keys, KeyPair issuer, String subject, long serial, Instant from, Instant until) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      if (keys == issuer) {
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      } else {
        extensions.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "localhost"),
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
      }
      V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(serial)));
      generator.setSignature(ECDSA);
      generator.setIssuer(new X500Name(ROOT_NAME));
      generator.setSubject(new X500Name(subject));
      generator.setStartDate(new Time(Date.from(from)));
      generator.setEndDate(new Time(Date.from(until)));
      generator.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      generator.setExtensions(extensions.generate());
      TBSCertificate content = generator.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuer.getPrivate());
      signature.update(content.getEncoded("DER"));
      ASN1EncodableVector certificate = new ASN1EncodableVector();
      certificate.add(content);
      certificate.add(ECDSA);
      certificate.add(new DERBitString(signature.sign()));
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder()
              .encodeToString(new DERSequence(certificate).getEncoded("DER"))
              .replace("\r", "")
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
