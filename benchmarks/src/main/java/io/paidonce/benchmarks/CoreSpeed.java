package io.paidonce.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/**
 * How fast a core of this machine is just now, in work that a payment needs anyway: a shared
 * machine is a third faster in one hour than in the next, and figures of two hours can be compared
 * only beside this one.
 */
final class CoreSpeed {

  private static final String ALGORITHM = "SHA256withRSA";
  private static final int MESSAGE_BYTES = 1_024;
  private static final int WARM_UP = 10_000;
  private static final int MEASURED = 15_000;

  private CoreSpeed() {}

  /** By the core time of this thread, with the platform's own cryptography. */
  static long verificationsPerSecond() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      KeyPair keys = generator.generateKeyPair();
      byte[] message = new byte[MESSAGE_BYTES];
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(keys.getPrivate());
      signer.update(message);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(keys.getPublic());
      verify(verifier, message, signature, WARM_UP);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long began = threads.getCurrentThreadCpuTime();
      verify(verifier, message, signature, MEASURED);
      return MEASURED * 1_000_000_000L / Math.max(1, threads.getCurrentThreadCpuTime() - began);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static void verify(Signature verifier, byte[] message, byte[] signature, int times)
      throws GeneralSecurityException {
    for (int i = 0; i < times; i++) {
      verifier.update(message);
      if (!verifier.verify(signature)) {
        throw new IllegalStateException("a good signature was refused");
      }
    }
  }
}
