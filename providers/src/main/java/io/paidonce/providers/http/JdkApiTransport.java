package io.paidonce.providers.http;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiReply.Answered;
import io.paidonce.providers.ApiReply.Failed;
import io.paidonce.providers.ApiReply.Failure;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.ApiTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client. Its own time-out ends with the answer's headers, so that a body could take
 * for ever; here one time-out bounds the whole exchange. Thread-safe.
 */
public final class JdkApiTransport implements ApiTransport {

  private final HttpClient client;
  private final Limits limits;
  private final InstantSource clock;

  /** Over the JVM's own trust store and proxy settings. */
  public JdkApiTransport(Limits limits, InstantSource clock) {
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would carry our signature to a host that nobody configured.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connectTimeout())
            .build();
  }

  /**
   * What one exchange may cost.
   *
   * @param connectTimeout until there is a connection, TLS included
   * @param timeout until the answer's last byte
   * @param maxBodyBytes of the answer
   */
  public record Limits(Duration connectTimeout, Duration timeout, int maxBodyBytes) {

    /** Answers take some hundred milliseconds and hold some kilobytes. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), 1 << 18);

    public Limits {
      requireNonNull(connectTimeout, "connectTimeout");
      requireNonNull(timeout, "timeout");
    }
  }

  @Override
  public ApiReply send(ApiRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(httpRequest(request), response -> new LimitedBody(limits.maxBodyBytes()));
    try {
      return answered(exchange.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return timedOut();
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Failed(Failure.BROKEN, "interrupted while waiting for the answer");
    }
  }

  private HttpRequest httpRequest(ApiRequest request) {
    byte[] body = request.body().bytes();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(limits.timeout())
            .method(
                request.method(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private Answered answered(HttpResponse<byte[]> response) {
    Map<String, List<String>> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .addAll(values));
    return new Answered(
        response.statusCode(), headers, RawBytes.of(response.body()), clock.instant());
  }

  private Failed failed(@Nullable Throwable cause) {
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException) {
      return new Failed(Failure.NOT_SENT, "no connection: " + cause);
    }
    if (cause instanceof HttpTimeoutException) {
      return timedOut();
    }
    if (cause instanceof BodyTooLargeException) {
      return new Failed(
          Failure.TOO_LARGE, "the answer is larger than " + limits.maxBodyBytes() + " bytes");
    }
    if (cause instanceof IOException) {
      return new Failed(Failure.BROKEN, "the connection broke: " + cause);
    }
    throw new IllegalStateException("the HTTP client failed", cause);
  }

  private Failed timedOut() {
    return new Failed(
        Failure.TIMED_OUT, "no whole answer within " + limits.timeout().toMillis() + " ms");
  }
}
