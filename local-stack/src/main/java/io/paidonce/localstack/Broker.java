package io.paidonce.localstack;

/** How a broker is run: in this JVM, or as a child process that can be killed. */
interface Broker {
  /** Returns once the broker accepts requests. */
  void start();

  /** Stops orderly; does nothing when it is not running. */
  void stop();

  /** Dies at once, without a word to anybody. */
  void kill();

  void pause();

  void resume();

  long pid();
}
