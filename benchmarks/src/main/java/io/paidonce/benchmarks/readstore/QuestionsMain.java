package io.paidonce.benchmarks.readstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.benchmarks.process.ParentPipe;
import java.io.IOException;

/**
 * Asks from a process of its own: whoever writes beside makes so much garbage that collecting it
 * would keep questions waiting which the projector has long answered.
 */
public final class QuestionsMain {

  private QuestionsMain() {}

  /** Takes the query API's port and how many orders are stored; then phases by standard input. */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Questions questions = new Questions(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    ParentPipe parent = ParentPipe.open();
    parent.say("ready");
    for (String line = parent.next(); line != null; line = parent.next()) {
      Questions.Task task = json.readValue(line, Questions.Task.class);
      parent.say(json.writeValueAsString(questions.ask(task)));
    }
  }
}
