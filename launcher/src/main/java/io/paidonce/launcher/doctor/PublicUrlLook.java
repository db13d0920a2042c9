package io.paidonce.launcher.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.contract.Rejection;
import io.paidonce.launcher.http.BoundedHttp;
import io.paidonce.launcher.http.UnreachedException;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Protocols;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The address that providers were given, looked at from here: its name, its TLS, and whether a
 * gateway of ours answers there. What a firewall or a proxy does to callers from elsewhere can't be
 * seen from here.
 */
public final class PublicUrlLook {

  private static final String DNS = "dns";
  private static final String TLS = "tls";
  private static final String PATH = "path";
  private static final String NOT_SERVED = "{\"error\":\"not found\"}";
  private static final int LONGEST_ANSWER_BYTES = 1 << 16;

  private final URI url;
  private final ServerTls tls;
  private final Clock clock;
  private final BoundedHttp http;

  /**
   * @param url such as {@code https://pay.example}; callbacks come in below its path
   */
  public PublicUrlLook(URI url, ServerTls tls, Clock clock, Duration timeout) {
    this.url = url;
    this.tls = tls;
    this.clock = clock;
    this.http = new BoundedHttp(timeout, LONGEST_ANSWER_BYTES);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if no provider could be given it
   */
  public static URI read(String text) {
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getRawQuery() == null && url.getFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "the public URL must be an address such as https://pay.example, without a query");
  }

  /** Its name and its certificate. */
  public List<Finding> door() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(name());
    if (findings.get(0).grade() == Finding.Grade.MEND) {
      return findings;
    }
    if (url.getScheme().equals("http")) {
      findings.add(
          Finding.warning(
              TLS,
              url
                  + " is plain http: whoever is on the way reads each callback; give providers an"
                  + " https address"));
    } else {
      findings.add(tls.look(url, clock.instant()));
    }
    return findings;
  }

  private Finding name() {
    try {
      InetAddress[] addresses = InetAddress.getAllByName(url.getHost());
      String shown =
          Arrays.stream(addresses)
              .limit(4)
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
      boolean inner =
          Arrays.stream(addresses)
              .anyMatch(
                  a ->
                      a.isLoopbackAddress()
                          || a.isSiteLocalAddress()
                          || a.isLinkLocalAddress()
                          || a.isAnyLocalAddress());
      return inner
          ? Finding.warning(
              DNS,
              url.getHost()
                  + " is "
                  + shown
                  + ", which no provider can reach; well only if the world sees another address")
          : Finding.ok(DNS, url.getHost() + " is " + shown);
    } catch (UnknownHostException e) {
      return Finding.mend(
          DNS, url.getHost() + " is not known: correct the public URL, or publish the name");
    }
  }

  /** Whether what answers there is a gateway that serves an account; sends one empty callback. */
  public List<Finding> path(AccountConfig account) throws InterruptedException {
    CallbackProtocol<?> protocol = Protocols.byId(account.protocol()).orElseThrow();
    String base = url.toString().replaceAll("/+$", "");
    URI address = URI.create(base + "/callbacks/" + account.protocol() + "/" + account.id());
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(http.timeout())
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      return List.of(judged(address, protocol, http.send(request)));
    } catch (UnreachedException e) {
      return List.of(Finding.mend(PATH, e.sentence()));
    }
  }

  // A request without a signature is refused; by a gateway of ours, in that provider's words.
  private static Finding judged(
      URI address, CallbackProtocol<?> protocol, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    String body = new String(answer.body(), US_ASCII);
    if (status == 404 && body.equals(NOT_SERVED)) {
      return Finding.mend(
          PATH,
          "a gateway answers at "
              + address
              + " that does not serve this account: it runs with another configuration");
    }
    for (Rejection rejection : Rejection.values()) {
      CallbackAnswer ours = protocol.declined(rejection);
      if (ours.status() == status && ours.body().equals(body)) {
        return status < 500
            ? Finding.ok(
                PATH, "a gateway answers at " + address + " and refuses what is not signed")
            : Finding.mend(
                PATH,
                "the gateway at "
                    + address
                    + " takes no callbacks just now (HTTP "
                    + status
                    + "): see its /health/ready");
      }
    }
    if (status >= 300 && status < 400) {
      return Finding.mend(
          PATH, address + " redirects (HTTP " + status + "), which providers do not follow");
    }
    return Finding.mend(
        PATH,
        "HTTP "
            + status
            + " at "
            + address
            + " is no answer of a gateway of ours: see where the proxy sends that path, and that it"
            + " passes answers on unchanged");
  }
}
