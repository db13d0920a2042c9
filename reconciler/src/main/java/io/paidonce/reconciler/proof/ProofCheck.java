package io.paidonce.reconciler.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks a bundle with nothing but the bundle: that its bytes are those that were written, that
 * providers signed what it says they told, that the inputs follow from that, and the order's
 * changes from the inputs.
 */
public final class ProofCheck {

  private ProofCheck() {}

  /**
   * Checks a file; what is no bundle is a bundle that fails.
   *
   * @throws IOException if the file can't be read
   */
  public static ProofReport check(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return check(in.readNBytes(ProofZip.MAX_BYTES + 1));
    }
  }

  /** Checks its bytes. */
  public static ProofReport check(byte[] zip) {
    Bundle.Sealed sealed;
    try {
      sealed = Bundle.read(zip);
    } catch (BadBundleException e) {
      return ProofReport.unreadable(String.valueOf(e.getMessage()));
    }
    return check(sealed);
  }

  static ProofReport check(Bundle.Sealed sealed) {
    Findings findings = new Findings();
    findings.holds(sealed.entries(), "entries, every byte as it was written");
    Contents contents = Contents.of(sealed.bundle(), findings);
    new OriginCheck(sealed.bundle().accounts(), findings).check(contents);
    new FoldCheck(sealed.bundle(), contents, findings).check();
    return findings.report(sealed);
  }
}
