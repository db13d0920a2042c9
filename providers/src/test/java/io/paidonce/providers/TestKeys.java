package io.paidonce.providers;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Throw-away keys, made once in each JVM, and certificates around them. */
public final class TestKeys {

  /** The provider's. */
  public static final KeyPair PLATFORM = KeyText.newRsaKeyPair();

  /** Anybody else's. */
  public static final KeyPair OTHER = KeyText.newRsaKeyPair();

  /** Our own, which requests are signed with. */
  public static final KeyPair MERCHANT = KeyText.newRsaKeyPair();

  private TestKeys() {}

  public static KeyPair weakRsa() {
    return generate("RSA", 1024);
  }

  public static KeyPair ellipticCurve() {
    return generate("EC", 256);
  }

  /** A certificate in PEM form. */
  public static String certificatePem(
      PublicKey key, PrivateKey signer, String serialHex, String subject) {
    AlgorithmIdentifier sha256WithRsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(serialHex, 16)));
    generator.setSignature(sha256WithRsa);
    generator.setIssuer(new X500Name("CN=Throw-away Root"));
    generator.setSubject(new X500Name(subject));
    generator.setStartDate(new Time(Date.from(Instant.parse("2026-01-01T00:00:00Z"))));
    generator.setEndDate(new Time(Date.from(Instant.parse("2031-01-01T00:00:00Z"))));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    try {
      TBSCertificate content = generator.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(signer);
      signature.update(content.getEncoded("DER"));
      ASN1EncodableVector certificate = new ASN1EncodableVector();
      certificate.add(content);
      certificate.add(sha256WithRsa);
      certificate.add(new DERBitString(signature.sign()));
      return String.format(
          Locale.ROOT,
          "-----BEGIN CERTIFICATE-----%n%s%n-----END CERTIFICATE-----%n",
          Base64.getMimeEncoder().encodeToString(new DERSequence(certificate).getEncoded("DER")));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
