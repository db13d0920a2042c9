package io.paidonce.localstack;

import com.github.dockerjava.api.DockerClient;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container that keeps its files and its port on this machine over restarts, until it
 * is removed.
 */
final class ContainerServer implements Broker, PostgresServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int STOP_LIMIT_S = 30;

  private final String name;
  private final GenericContainer<?> container;
  private final BooleanSupplier answers;

  /**
   * @param name what it is called in messages
   * @param container started once
   * @param answers whether the server accepts requests
   */
  ContainerServer(String name, GenericContainer<?> container, BooleanSupplier answers) {
    this.name = name;
    this.container = container;
    this.answers = answers;
  }

  @Override
  public void start() {
    docker().startContainerCmd(container.getContainerId()).exec();
    Await.until(
        START_LIMIT,
        () -> name + "'s container does not answer; its log ends: " + container.getLogs(),
        answers);
  }

  @Override
  public void stop() {
    if (isPaused()) {
      resume();
    }
    if (isRunning()) {
      docker().stopContainerCmd(container.getContainerId()).withTimeout(STOP_LIMIT_S).exec();
    }
  }

  @Override
  public void kill() {
    requireRunning();
    docker().killContainerCmd(container.getContainerId()).exec();
    Await.until(START_LIMIT, () -> name + "'s container did not end", () -> !isRunning());
  }

  @Override
  public void pause() {
    requireRunning();
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    requireRunning();
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public long pid() {
    throw new UnsupportedOperationException(
        name
            + " runs in a container (-Dstack=containers), whose process ids mean nothing here; use"
            + " kill(), pause() and resume()");
  }

  /** With its files. */
  void remove() {
    container.stop();
  }

  private void requireRunning() {
    if (!isRunning()) {
      throw new IllegalStateException(name + "'s container is not running; call restart()");
    }
  }

  private boolean isRunning() {
    return Boolean.TRUE.equals(container.getCurrentContainerInfo().getState().getRunning());
  }

  private boolean isPaused() {
    return Boolean.TRUE.equals(container.getCurrentContainerInfo().getState().getPaused());
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
