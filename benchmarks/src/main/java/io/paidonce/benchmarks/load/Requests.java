package io.paidonce.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Whole HTTP requests, signed and laid out before they are needed, outside of the heap: sending one
 * copies nothing and makes no garbage.
 */
final class Requests {

  private static final int SLAB_BYTES = 32 << 20;
  private static final int LARGEST_REQUEST = 16 << 10;

  private final ByteBuffer[] requests;

  private Requests(ByteBuffer[] requests) {
    this.requests = requests;
  }

  /**
   * Signs one payment for each number.
   *
   * @param host what the header of this name says
   * @param sentFrom the provider's clock when the first is sent; the gateway takes five minutes to
   *     either side
   * @param within until the last is sent
   */
  static Requests sign(
      Merchant merchant, Phase phase, int count, String host, Instant sentFrom, Duration within) {
    int workers = Runtime.getRuntime().availableProcessors();
    ByteBuffer[] requests = new ByteBuffer[count];
    List<CompletableFuture<Void>> working = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int first = (int) ((long) count * worker / workers);
      int end = (int) ((long) count * (worker + 1) / workers);
      SplittableRandom random =
          new SplittableRandom(merchant.seed() + 31L * phase.prefix().hashCode() + 1009L * worker);
      CallbackSigner signer = merchant.signer(random);
      working.add(
          CompletableFuture.runAsync(
              () -> {
                Slab slab = new Slab(host);
                for (int i = first; i < end; i++) {
                  Instant sentAt = sentFrom.plusMillis(within.toMillis() * i / count);
                  requests[i] = slab.add(signer.payment(notice(phase, i, sentAt), sentAt));
                }
              }));
    }
    working.forEach(CompletableFuture::join);
    return new Requests(requests);
  }

  int count() {
    return requests.length;
  }

  /** The bytes of one request, to be read; each caller has a position of its own. */
  ByteBuffer get(int number) {
    return requests[number].duplicate();
  }

  private static PaidNotice notice(Phase phase, int number, Instant paidAt) {
    return new PaidNotice(
        "notice-" + phase.orderNo(number),
        phase.transactionId(number),
        phase.orderNo(number),
        Merchant.PRICE.amountMinor(),
        Merchant.PRICE.currency(),
        paidAt);
  }

  /** Where requests are laid one behind the other. */
  private static final class Slab {

    private final String host;
    private ByteBuffer free = ByteBuffer.allocateDirect(0);

    Slab(String host) {
      this.host = host;
    }

    ByteBuffer add(SignedCallback callback) {
      if (free.remaining() < LARGEST_REQUEST) {
        free = ByteBuffer.allocateDirect(SLAB_BYTES);
      }
      int start = free.position();
      RawBytes body = callback.body();
      free.put(head(callback, body.length()).getBytes(ISO_8859_1)).put(body.bytes());
      return free.slice(start, free.position() - start);
    }

    private String head(SignedCallback callback, int length) {
      StringBuilder head = new StringBuilder(1024);
      head.append("POST ").append(Merchant.PATH).append(" HTTP/1.1\r\n");
      head.append("Host: ").append(host).append("\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n");
      callback
          .headers()
          .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
    }
  }
}
