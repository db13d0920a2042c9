package io.paidonce.localstack;

/** How PostgreSQL is run: as a child process, or in a container. */
interface PostgresServer {
  /** Returns once the server accepts connections. */
  void start();

  /** Ends every session and stops orderly; does nothing when it is not running. */
  void stop();

  /** Dies at once, all its processes with it. */
  void kill();

  void pause();

  void resume();

  long pid();
}
