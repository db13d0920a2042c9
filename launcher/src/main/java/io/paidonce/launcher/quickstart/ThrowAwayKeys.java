package io.paidonce.launcher.quickstart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Makes keys that are good for one run, and writes them where the configuration points to. */
final class ThrowAwayKeys {

  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RSA_BITS = 2048;

  private final Path directory;
  private final SecureRandom random = new SecureRandom();

  ThrowAwayKeys(Path directory) {
    this.directory = directory;
  }

  /** A provider's RSA key, in {@code name.pem}; its public half is in {@code name.pub.pem}. */
  void makeRsa(String name) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      KeyPair pair = generator.generateKeyPair();
      Files.writeString(directory.resolve(name + ".pub.pem"), pem("PUBLIC KEY", pair.getPublic()));
      Files.writeString(directory.resolve(name + ".pem"), pem("PRIVATE KEY", pair.getPrivate()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** A text of letters and digits, in {@code name.txt}. */
  void makeText(String name, int length) throws IOException {
    makeText(name, "", length);
  }

  /** The same with something in front of it. */
  void makeText(String name, String prefix, int length) throws IOException {
    StringBuilder text = new StringBuilder(prefix);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
    }
    Files.writeString(directory.resolve(name + ".txt"), text + "\n");
  }

  /** The private half of an RSA key written before. */
  PrivateKey privateKey(String name) throws IOException {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(der(name + ".pem")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name + ".pem is not the key that was written", e);
    }
  }

  /** The public half of an RSA key written before. */
  PublicKey publicKey(String name) throws IOException {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new X509EncodedKeySpec(der(name + ".pub.pem")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name + ".pub.pem is not the key that was written", e);
    }
  }

  private byte[] der(String file) throws IOException {
    String pem = Files.readString(directory.resolve(file));
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  /** A text written before. */
  String writtenText(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".txt")).strip();
  }

  private static String pem(String kind, Key key) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded())
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
