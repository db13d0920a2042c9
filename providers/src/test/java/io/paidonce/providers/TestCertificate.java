package io.paidonce.providers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A certificate to be made, signed with RSA or SM2: each part can be changed before. */
public record TestCertificate(
    PublicKey key,
    PrivateKey signer,
    String serialHex,
    String issuer,
    String subject,
    Instant from,
    Instant until,
    boolean authority) {

  public static TestCertificate of(PublicKey key, PrivateKey signer) {
    return new TestCertificate(
        key,
        signer,
        "0A",
        "CN=Throw-away Root",
        "CN=x",
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2031-01-01T00:00:00Z"),
        false);
  }

  public TestCertificate serial(String hex) {
    return new TestCertificate(key, signer, hex, issuer, subject, from, until, authority);
  }

  public TestCertificate names(String issuerName, String subjectName) {
    return new TestCertificate(
        key, signer, serialHex, issuerName, subjectName, from, until, authority);
  }

  public TestCertificate dates(Instant first, Instant last) {
    return new TestCertificate(key, signer, serialHex, issuer, subject, first, last, authority);
  }

  /** One that may sign others. */
  public TestCertificate asAuthority() {
    return new TestCertificate(key, signer, serialHex, issuer, subject, from, until, true);
  }

  public X509Certificate x509() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String pem() {
    return pem(der());
  }

  public static String pem(byte[] der) {
    return String.format(
        Locale.ROOT,
        "-----BEGIN CERTIFICATE-----%n%s%n-----END CERTIFICATE-----%n",
        Base64.getMimeEncoder().encodeToString(der));
  }

  public byte[] der() {
    boolean rsa = signer.getAlgorithm().equals("RSA");
    AlgorithmIdentifier algorithm =
        rsa
            ? new AlgorithmIdentifier(
                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
            : new AlgorithmIdentifier(GMObjectIdentifiers.sm2sign_with_sm3);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(serialHex, 16)));
    generator.setSignature(algorithm);
    generator.setIssuer(new X500Name(issuer));
    generator.setSubject(new X500Name(subject));
    generator.setStartDate(new Time(Date.from(from)));
    generator.setEndDate(new Time(Date.from(until)));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    try {
      if (authority) {
        generator.setExtensions(
            new Extensions(
                new Extension(
                    Extension.basicConstraints,
                    true,
                    new DEROctetString(new BasicConstraints(true)))));
      }
      TBSCertificate content = generator.generateTBSCertificate();
      Signature signature =
          rsa
              ? Signature.getInstance("SHA256withRSA")
              : Signature.getInstance("SM3withSM2", new BouncyCastleProvider());
      signature.initSign(signer);
      signature.update(content.getEncoded("DER"));
      ASN1EncodableVector certificate = new ASN1EncodableVector();
      certificate.add(content);
      certificate.add(algorithm);
      certificate.add(new DERBitString(signature.sign()));
      return new DERSequence(certificate).getEncoded("DER");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
