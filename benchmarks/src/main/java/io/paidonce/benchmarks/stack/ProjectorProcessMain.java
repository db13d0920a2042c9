package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.projector.Projector;
import io.paidonce.projector.ProjectorMain;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The projector's process: the role {@code projector} with its defaults, and nothing else. */
public final class ProjectorProcessMain {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectorProcessMain.class);

  private ProjectorProcessMain() {}

  /**
   * Takes Kafka's address, PostgreSQL's URL and the number of writers. Says at which port its query
   * API listens.
   */
  public static void main(String[] args) throws IOException {
    ParentPipe parent = ParentPipe.open();
    int writers = Integer.parseInt(args[2]);
    try (Projector projector =
        ProjectorMain.start(ServicesMain.projector(args[0], args[1], writers))) {
      // A run that waits for a projector that is gone would only end by its time limits.
      CompletionStage<Void> unused = projector.failure().thenAccept(ProjectorProcessMain::end);
      parent.say(Integer.toString(projector.apiPort()));
      Sampling.obey(parent);
    }
  }

  private static void end(Throwable failure) {
    LOG.error("the projector failed", failure);
    Runtime.getRuntime().halt(1);
  }
}
