package io.paidonce.launcher.http;

import io.paidonce.providers.AccountChecks;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Nobody answered. The message says why, and what to mend; it holds nothing of the exchange. */
public final class UnreachedException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int DEEPEST_CAUSE = 16;

  private final boolean maybeArrived;

  private UnreachedException(String sentence, boolean maybeArrived) {
    super(sentence);
    this.maybeArrived = maybeArrived;
  }

  /** Whether the other side may have read the request all the same. */
  public boolean maybeArrived() {
    return maybeArrived;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  static UnreachedException tooLate(URI uri, Duration timeout) {
    return new UnreachedException(
        place(uri) + " gave no whole answer within " + timeout.toMillis() + " ms", true);
  }

  /** What a failed connection or exchange means. */
  public static UnreachedException of(URI uri, Duration timeout, Throwable failure) {
    String place = place(uri);
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return notSent(
          "the host "
              + uri.getHost()
              + " is not known here: correct the name, or mend this machine's DNS");
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return notSent(
          "no connection to "
              + place
              + " within "
              + timeout.toMillis()
              + " ms: a firewall on the way, the wrong address, or no TLS there");
    }
    if (failure instanceof HttpTimeoutException) {
      return tooLate(uri, timeout);
    }
    if (has(failure, NoRouteToHostException.class)) {
      return notSent("no way leads to " + place + ": correct the address, or mend the network");
    }
    if (has(failure, ConnectException.class)) {
      return notSent(
          "nothing listens at "
              + place
              + ": start what should answer there, or correct host and port");
    }
    Optional<String> tls = tls(uri, failure);
    return tls.isPresent() ? notSent(tls.get()) : broken(place, failure);
  }

  private static UnreachedException broken(String place, Throwable failure) {
    return new UnreachedException(
        "the connection to "
            + place
            + " broke before its answer ("
            + shown(failure)
            + "): see its log; where it expects TLS, write https://",
        true);
  }

  /** What a failed TLS handshake means; empty where the failure is none. */
  public static Optional<String> tls(URI uri, Throwable failure) {
    String begin = "TLS with " + place(uri) + " fails: ";
    if (has(failure, CertificateExpiredException.class)) {
      return Optional.of(begin + "its certificate is expired: renew it");
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return Optional.of(
          begin + "its certificate is not valid yet: see its dates and this machine's clock");
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      return Optional.of(
          begin
              + "its certificate leads to no root that this JVM trusts: serve the whole chain,"
              + " intermediate certificates included; a root of your own is trusted with"
              + " PAIDONCE_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE");
    }
    if (!has(failure, SSLException.class)) {
      return Optional.empty();
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return Optional.of(begin + "its certificate does not name " + uri.getHost());
    }
    if (message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
      return Optional.of(begin + "it speaks no TLS there: write http://, or correct the port");
    }
    return has(failure, SSLHandshakeException.class)
        ? Optional.of(begin + shown(failure))
        : Optional.empty();
  }

  private static UnreachedException notSent(String sentence) {
    return new UnreachedException(sentence, false);
  }

  private static String place(URI uri) {
    int usual = "https".equals(uri.getScheme()) ? 443 : 80;
    return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    Throwable cause = failure;
    for (int i = 0; i < DEEPEST_CAUSE && cause != null; i++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String shown(Throwable failure) {
    return failure.getClass().getSimpleName()
        + " "
        + AccountChecks.shown(String.valueOf(failure.getMessage()));
  }
}
