package io.paidonce.launcher.http;

import io.paidonce.providers.http.LimitedBody;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One exchange at a time over the JDK's client. One time-out covers all of it, the answer's last
 * byte included, which the client's own does not; no redirect is followed.
 */
public final class BoundedHttp {

  private final HttpClient client;
  private final Duration timeout;
  private final int maxAnswerBytes;

  public BoundedHttp(Duration timeout, int maxAnswerBytes) {
    this.timeout = timeout;
    this.maxAnswerBytes = maxAnswerBytes;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            // Sooner than all of it, so that a place nobody reaches is told from a slow one.
            .connectTimeout(timeout.multipliedBy(4).dividedBy(5))
            .build();
  }

  /** How long one exchange may take. */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Sends one request and waits for its whole answer.
   *
   * @throws UnreachedException if there is none, with the reason and what to mend
   */
  public HttpResponse<byte[]> send(HttpRequest request)
      throws UnreachedException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, LimitedBody.atMost(maxAnswerBytes));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw UnreachedException.tooLate(request.uri(), timeout);
    } catch (ExecutionException e) {
      throw UnreachedException.of(
          request.uri(), timeout, Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    }
  }
}
