package io.paidonce.launcher.config;

/**
 * Where secrets are kept that stand neither in the configuration nor in a file of this machine. A
 * new one is an adapter and a line in {@link References}.
 */
interface SecretSource {

  /**
   * What a configuration's reference means now. One source serves one reading of a configuration:
   * what it has read for that it need not read again, and a later reading asks anew.
   *
   * @param reference what stands behind the source's prefix, as configured
   * @throws NoSecretException if there is none to be had, with the place and what to mend
   */
  String read(String reference) throws NoSecretException;
}
