package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.RawBytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes mutant number n of a seed out of good requests: mostly of what they say, well framed, and
 * some of their raw bytes. The same seed and number give the same mutant, whoever else is made.
 */
final class Mutator {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int LARGEST_FRAMED = 60_000;
  private static final String INSERTED = "%&=+\n\0\"{}[]:, 0A";
  private static final List<String> LINES =
      List.of(
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 7\r\n",
          "Content-Length: 9223372036854775808\r\n",
          "Content-Encoding: gzip\r\n",
          "Expect: 100-continue\r\n",
          "Expect: 200-ok\r\n",
          "Connection: close\r\n",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
          "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
          "Host: a\r\nHost: b\r\n",
          "Wechatpay-Serial: 0\r\n",
          " folded\r\n",
          ": nameless\r\n",
          "Cookie: " + "x".repeat(9_000) + "\r\n",
          "\r\n",
          "\0\r\n",
          "7fffffffffffffff\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  private static final List<String> FIRST_LINES =
      List.of(
          "POST %s HTTP/1.0\r\n",
          "POST %s HTTP/2.0\r\n",
          "POST %s HTTP/9.9\r\n",
          "POST %s HTTP/1.2\r\n",
          "POST %s\r\n",
          "POST http://[::1%s HTTP/1.1\r\n",
          "POST %s?%%zz HTTP/1.1\r\n",
          "POST /%s HTTP/1.1\r\n",
          "HEAD %s HTTP/1.1\r\n",
          "GET %s HTTP/1.1\r\n",
          "CONNECT %s HTTP/1.1\r\n",
          "OPTIONS * HTTP/1.1\r\n",
          "PATCH\t%s HTTP/1.1\r\n",
          "p\u00f6st %s HTTP/1.1\r\n");

  private final List<GoodRequest> good;
  private final long seed;

  Mutator(List<GoodRequest> good, long seed) {
    this.good = good;
    this.seed = seed;
  }

  Mutant mutant(long number) {
    Random random = new Random(seed + number * GOLDEN);
    return random.nextInt(10) == 0 ? unframed(random) : framed(random);
  }

  private Mutant framed(Random random) {
    GoodRequest origin = any(random);
    String path = origin.path();
    Map<String, String> headers = new TreeMap<>(origin.callback().headers());
    String doubled = "";
    byte[] body = origin.callback().body().bytes();
    for (int times = 2 + random.nextInt(3); times > 0; times--) {
      String header = any(List.copyOf(headers.keySet()), random);
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4, 5 -> body = mutated(body, random);
        case 6, 7 -> headers.computeIfPresent(header, (name, value) -> mutated(value, random));
        case 8 -> headers.put(header, "");
        case 9 -> doubled = header + ": " + headers.get(header) + "\r\n";
        case 10 -> headers.putAll(any(random).callback().headers());
        default -> path = random.nextBoolean() ? any(random).path() : Shops.WECHAT_B;
      }
    }
    boolean harmless =
        isGoodAt(path, headers, body)
            && (!path.contains("/wechat-v3/") || !doubled.startsWith("Wechatpay"));
    String lines = Shops.headerLines(headers) + doubled;
    boolean framed = body.length <= LARGEST_FRAMED && lines.matches("([ -~]*\r\n)*");
    return new Mutant(RawBytes.of(request(path, lines, body, random)), framed, harmless);
  }

  private boolean isGoodAt(String path, Map<String, String> headers, byte[] body) {
    return good.stream().anyMatch(g -> g.path().equals(path) && g.says(headers, body));
  }

  private static byte[] request(String path, String lines, byte[] body, Random random) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (random.nextInt(4) > 0) {
      bytes.writeBytes((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
      bytes.writeBytes(body);
      return bytes.toByteArray();
    }
    bytes.writeBytes((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
    for (int from = 0; from < body.length; ) {
      int size = Math.min(body.length - from, 1 + random.nextInt(700));
      bytes.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
      bytes.write(body, from, size);
      bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
      from += size;
    }
    bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return bytes.toByteArray();
  }

  private Mutant unframed(Random random) {
    GoodRequest origin = any(random);
    String lines = Shops.headerLines(new TreeMap<>(origin.callback().headers()));
    byte[] bytes = request(origin.path(), lines, origin.callback().body().bytes(), random);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int head = new String(bytes, ISO_8859_1).indexOf("\r\n\r\n") + 2;
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> mutated(bytes, random);
            case 1 -> joined(mutated(Arrays.copyOf(bytes, head), random), after(bytes, head));
            case 2 -> {
              String first = any(FIRST_LINES, random).formatted(origin.path());
              yield joined(first.getBytes(ISO_8859_1), after(bytes, lineEnd(bytes, 0)));
            }
            case 3 -> {
              int from = random.nextInt(bytes.length + 1);
              byte[] twice = Arrays.copyOf(bytes, from + random.nextInt(bytes.length - from + 1));
              yield joined(twice, after(bytes, from));
            }
            default -> {
              int at = lineEnd(bytes, random.nextInt(Math.max(1, head)));
              byte[] line = any(LINES, random).getBytes(ISO_8859_1);
              yield joined(joined(Arrays.copyOf(bytes, at), line), after(bytes, at));
            }
          };
    }
    return new Mutant(RawBytes.of(bytes), false, false);
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return bytes.length;
  }

  private static byte[] after(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  private GoodRequest any(Random random) {
    return any(good, random);
  }

  private static <T> T any(List<T> things, Random random) {
    return things.get(random.nextInt(things.size()));
  }

  private static String mutated(String value, Random random) {
    return new String(mutated(value.getBytes(ISO_8859_1), random), ISO_8859_1);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    byte[] copy = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> copy = Arrays.copyOf(bytes, at);
      case 3 -> copy = after(bytes, at);
      case 4 -> {
        byte[] inserted = {(byte) INSERTED.charAt(random.nextInt(INSERTED.length()))};
        copy = joined(joined(Arrays.copyOf(bytes, at), inserted), after(bytes, at));
      }
      default -> {
        int other = random.nextInt(bytes.length);
        copy[at] = bytes[other];
        copy[other] = bytes[at];
      }
    }
    return copy;
  }
}
