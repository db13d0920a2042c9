package io.paidonce.launcher.quickstart;

import io.paidonce.simulator.SimulatedAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The quickstart's throw-away accounts, for tests in other packages. */
public record TestAccounts(Path config, List<SimulatedAccount> simulated) {

  public static TestAccounts make(Path directory) throws IOException {
    ThrowAwayAccounts made = ThrowAwayAccounts.make(directory);
    return new TestAccounts(made.config(), made.simulated());
  }
}
