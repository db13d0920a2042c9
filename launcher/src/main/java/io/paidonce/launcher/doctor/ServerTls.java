package io.paidonce.launcher.doctor;

import io.paidonce.launcher.http.UnreachedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A handshake as a provider makes it: chain, name and dates must hold. */
public final class ServerTls {

  private static final String TLS = "tls";
  private static final int HTTPS = 443;
  private static final Duration SOON = Duration.ofDays(21);

  private final SSLContext context;
  private final Duration timeout;

  private ServerTls(SSLContext context, Duration timeout) {
    this.context = context;
    this.timeout = timeout;
  }

  /** Trusting what this JVM trusts. */
  public static ServerTls trustingAsTheJvm(Duration timeout) {
    return trusting(null, timeout);
  }

  /** Trusting the roots of a key store; what this JVM trusts where there is none. */
  static ServerTls trusting(@Nullable KeyStore roots, Duration timeout) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = factory.getTrustManagers();
      context.init(null, trust, null);
      return new ServerTls(context, timeout);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  Finding look(URI url, Instant now) {
    int port = url.getPort() < 0 ? HTTPS : url.getPort();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(url.getHost(), port), millis());
      plain.setSoTimeout(millis());
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return dated(url, socket, now);
      }
    } catch (IOException e) {
      return Finding.mend(
          TLS,
          UnreachedException.tls(url, e)
              .orElseGet(() -> UnreachedException.of(url, timeout, e).sentence()));
    }
  }

  private static Finding dated(URI url, SSLSocket socket, Instant now) throws IOException {
    Instant until = Instant.MAX;
    for (Certificate each : socket.getSession().getPeerCertificates()) {
      Instant end = ((X509Certificate) each).getNotAfter().toInstant();
      until = end.isBefore(until) ? end : until;
    }
    // One that is trusted by itself is not asked for its dates by the handshake.
    if (until.isBefore(now)) {
      return Finding.mend(
          TLS, "a certificate of " + url.getHost() + " is expired since " + until + ": renew it");
    }
    String place = url.getHost() + " speaks " + socket.getSession().getProtocol();
    return until.isBefore(now.plus(SOON))
        ? Finding.warning(
            TLS,
            place
                + ", but a certificate of its chain ends in "
                + ChronoUnit.DAYS.between(now, until)
                + " days, at "
                + until
                + ": renew it")
        : Finding.ok(TLS, place + ", and its certificates hold until " + until);
  }

  private int millis() {
    return Math.toIntExact(timeout.toMillis());
  }
}
