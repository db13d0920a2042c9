package io.paidonce.simulator.provider;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
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

/** Makes throw-away platform certificates. */
final class PlatformCertificate {

  private PlatformCertificate() {}

  /** Of WeChat Pay; nobody checks its chain. */
  static String pem(KeyPair keys, String serialHex) {
    return pem(
        keys.getPublic(),
        keys.getPrivate(),
        serialHex,
        "CN=Throw-away Root",
        "CN=Tenpay.com sign,O=Tenpay.com");
  }

  static String pem(
      PublicKey key, PrivateKey signer, String serialHex, String issuer, String subject) {
    AlgorithmIdentifier sha256WithRsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(serialHex, 16)));
    generator.setSignature(sha256WithRsa);
    generator.setIssuer(new X500Name(issuer));
    generator.setSubject(new X500Name(subject));
    generator.setStartDate(new Time(Date.from(Instant.parse("2020-01-01T00:00:00Z"))));
    generator.setEndDate(new Time(Date.from(Instant.parse("2045-01-01T00:00:00Z"))));
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
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(new DERSequence(certificate).getEncoded("DER"))
          + "\n-----END CERTIFICATE-----\n";
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
