package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.projector.ProjectorConfig.Endpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectorConfigTest {

  private final JsonMapper json = new JsonMapper();

  @Test
  void whatIsAbsentHasADefault() throws JsonProcessingException {
    assertThat(
            read("{\"bootstrapServers\":\"k:9092\",\"jdbcUrl\":\"jdbc:postgresql://p/paidonce\"}"))
        .isEqualTo(
            new ProjectorConfig(
                "k:9092",
                "order-projector",
                null,
                "jdbc:postgresql://p/paidonce",
                null,
                null,
                new Endpoint("127.0.0.1", 8090),
                new Endpoint("127.0.0.1", 9090),
                2000,
                3,
                8,
                1,
                null,
                new WaiterLimits(5_000, 1_000),
                DualControl.OFF));
  }

  @Test
  void everySettingIsReadBack() throws JsonProcessingException {
    assertThat(
            read(
                """
                {"bootstrapServers":"k:1","groupId":"g","instanceId":"i",
                 "jdbcUrl":"jdbc:postgresql://p/d","user":"u","password":"w",
                 "api":{"host":"a","port":1},"management":{"host":"m","port":2},
                 "maxBatchRecords":3,"replicationFactor":7,"queryConnections":4,"writers":2,
                 "access":{"tokens":[{"name":"tea's desk","sha256":"%s","shops":["tea"],"role":"OPERATOR"}],
                           "pageKey":"%s"},
                 "waiters":{"max":7,"maxPerToken":5},
                 "dualControl":{"approveWithinMinutes":9,"rules":[
                     {"actions":["CANCEL"],"shops":["tea"],"currency":"CNY","fromAmountMinor":8}]}}
                """
                    .formatted("ab".repeat(32), "k".repeat(32))))
        .isEqualTo(
            new ProjectorConfig(
                "k:1",
                "g",
                "i",
                "jdbc:postgresql://p/d",
                "u",
                "w",
                new Endpoint("a", 1),
                new Endpoint("m", 2),
                3,
                7,
                4,
                2,
                new ApiAccess(
                    List.of(
                        new ApiAccess.Token(
                            "tea's desk", "ab".repeat(32), List.of("tea"), Role.OPERATOR)),
                    "k".repeat(32)),
                new WaiterLimits(7, 5),
                new DualControl(
                    Duration.ofMinutes(9),
                    List.of(
                        new DualControl.Rule(
                            List.of(OperatorAction.CANCEL), List.of("tea"), "CNY", 8L)))));
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(
            () ->
                new ProjectorConfig(
                    " ",
                    "",
                    "",
                    "mysql://",
                    null,
                    null,
                    new Endpoint("", 1),
                    new Endpoint("h", 70_000),
                    0,
                    0,
                    500,
                    13,
                    null,
                    WaiterLimits.DEFAULT,
                    DualControl.OFF))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bootstrapServers is missing; name Kafka's host:port;"
                + " groupId is missing; name the group, or leave it out;"
                + " instanceId is missing; name this instance, or leave it out;"
                + " jdbcUrl must read jdbc:postgresql://host:port/database;"
                + " api.host is missing; name an address to listen at, such as 127.0.0.1;"
                + " management.port is 70000; it must be from 0 to 65535 (0: any free port);"
                + " maxBatchRecords is 0; it must be from 1 to 50000 records;"
                + " replicationFactor is 0; it must be from 1 to 7 copies;"
                + " queryConnections is 500; it must be from 1 to 200 connections;"
                + " writers is 13; it must be from 1 to 12 writers");
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"maxBatch\":1,\"bootstrapServers\":\"k:1\",\"jdbcUrl\":\"jdbc:postgresql://p/d\"}"))
        .hasMessageContaining("maxBatch");
  }

  @Test
  void noPasswordIsShown() throws JsonProcessingException {
    assertThat(
            read(
                "{\"bootstrapServers\":\"k:1\",\"password\":\"s3cret\","
                    + "\"jdbcUrl\":\"jdbc:postgresql://p/d?password=s3cret\"}"))
        .asString()
        .contains("jdbc:postgresql://p/d,", "password=***")
        .doesNotContain("s3cret");
  }

  private ProjectorConfig read(String text) throws JsonProcessingException {
    return json.readValue(text, ProjectorConfig.class);
  }
}
