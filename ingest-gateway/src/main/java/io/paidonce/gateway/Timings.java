package io.paidonce.gateway;

import java.time.Duration;

/**
 * How long things may take. Not configurable: a provider's patience and Kafka's producer settings
 * fix them together.
 *
 * @param answer from a request's head until its answer; WeChat waits 5 s
 * @param head from a connection's opening until the first request's head is whole, so that bytes
 *     sent one by one hold nothing for long
 * @param idle between an answer and the next request's head on one connection
 * @param linger how long a refused body is read and thrown away, so that the sender sees the answer
 *     and not a reset
 * @param drain from the beginning of the end until requests in flight are left alone
 * @param probe between two looks at Kafka
 * @param fresh how old the last good look may be while the gateway is ready
 * @param status between two records of gateway-status
 */
record Timings(
    Duration answer,
    Duration head,
    Duration idle,
    Duration linger,
    Duration drain,
    Duration probe,
    Duration fresh,
    Duration status) {

  static Timings standard() {
    return new Timings(
        Duration.ofMillis(4_000),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(6),
        Duration.ofMinutes(1));
  }

  Timings withAnswer(Duration chosen) {
    return new Timings(chosen, head, idle, linger, drain, probe, fresh, status);
  }

  Timings withConnections(Duration chosenHead, Duration chosenIdle) {
    return new Timings(answer, chosenHead, chosenIdle, linger, drain, probe, fresh, status);
  }
}
