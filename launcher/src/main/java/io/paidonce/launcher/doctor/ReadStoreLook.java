package io.paidonce.launcher.doctor;

import io.paidonce.projector.ReadStoreCheck;
import java.util.ArrayList;
import java.util.List;

/** Whether PostgreSQL is reached, keeps what it commits and has this build's tables. */
public final class ReadStoreLook {

  private static final String POSTGRESQL = "postgresql";

  private ReadStoreLook() {}

  /** What was found there, graded. */
  public static List<Finding> graded(ReadStoreCheck found) {
    List<Finding> findings = new ArrayList<>();
    found.problems().forEach(problem -> findings.add(Finding.mend(POSTGRESQL, problem)));
    if (!findings.isEmpty()) {
      return findings;
    }
    String place = found.database() + " answers";
    return List.of(
        found.waiting() == 0
            ? Finding.ok(POSTGRESQL, place + ", its tables are of version " + found.version())
            : Finding.warning(
                POSTGRESQL,
                place
                    + ", but "
                    + (found.version().isEmpty()
                        ? "has no tables yet"
                        : "its tables are of version " + found.version())
                    + ": the next start of the projector carries out "
                    + found.waiting()
                    + " migrations"));
  }
}
