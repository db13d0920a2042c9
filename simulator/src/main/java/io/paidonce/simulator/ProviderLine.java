package io.paidonce.simulator;

import io.paidonce.providers.SignedCallback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way from the providers to the gateway: sends a callback and judges the answer. */
final class ProviderLine {

  private final HttpClient client;
  private final URI gateway;
  private final Duration patience;

  ProviderLine(URI gateway, Duration patience) {
    this.gateway = gateway;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /**
   * What came back.
   *
   * @param status absent where there was no answer
   */
  record Answer(Outcome outcome, @Nullable Integer status) {}

  Answer send(SimulatedAccount account, SignedCallback callback) {
    HttpRequest request =
        OutgoingCallback.to(gateway.resolve(account.callbackPath()), callback).request(patience);
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      // The request's own time-out ends with the headers; an answer counts when it is read whole.
      HttpResponse<byte[]> answer = response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      boolean accepted = account.dialect().accepts(answer.statusCode(), answer.body());
      return new Answer(accepted ? Outcome.OK : Outcome.NO, answer.statusCode());
    } catch (TimeoutException e) {
      response.cancel(true);
      return new Answer(Outcome.UNKNOWN, null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) {
        return new Answer(Outcome.UNKNOWN, null);
      }
      throw new IllegalStateException("a callback could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Outcome.UNKNOWN, null);
    }
  }
}
