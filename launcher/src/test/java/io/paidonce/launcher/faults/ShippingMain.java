package io.paidonce.launcher.faults;

import io.paidonce.launcher.downstream.ShippingService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The sample service as a process, with a gate before its database: closed, it stands with events
 * in its hands and no transaction, which is where a zombie is made.
 */
public final class ShippingMain {

  static final String AT_THE_GATE = "stands at the gate";

  private ShippingMain() {}

  /** Takes a file of Kafka settings, the database's URL, user and password, and the gate's file. */
  public static void main(String[] args) throws SQLException, IOException {
    Properties kafka = new Properties();
    kafka.load(Files.newBufferedReader(Path.of(args[0])));
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(args[1]);
    database.setUser(args[2]);
    database.setPassword(args[3]);
    Map<String, Object> settings = new HashMap<>();
    kafka.stringPropertyNames().forEach(name -> settings.put(name, kafka.getProperty(name)));
    ShippingService.run(settings, new Gated(database, Path.of(args[4])));
  }

  private record Gated(PGSimpleDataSource database, Path gate) implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
      if (Files.exists(gate)) {
        System.out.println(AT_THE_GATE);
        while (Files.exists(gate)) {
          LockSupport.parkNanos(1_000_000);
        }
      }
      return database.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return database.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
      return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
      database.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) {
      database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
      return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
      return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return database.isWrapperFor(type);
    }
  }
}
