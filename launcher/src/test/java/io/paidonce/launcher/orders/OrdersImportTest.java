package io.paidonce.launcher.orders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdersImportTest {

  private static final String HEADER = "shop,order_no,amount,currency\n";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));

  @TempDir private Path directory;

  private OrdersImport orders(String csv) throws IOException {
    return orders(csv, UTF_8);
  }

  private OrdersImport orders(String csv, Charset charset) throws IOException {
    Path file = Files.writeString(directory.resolve("orders.csv"), csv, charset);
    return new OrdersImport(file, Set.of("tea"));
  }

  private List<OrderCommand> written(String csv) throws IOException {
    RecordingCommands commands = new RecordingCommands();
    orders(csv).write(commands, CLOCK, count -> {});
    assertThat(commands.awaited).isTrue();
    return commands.sent;
  }

  private List<String> problems(String csv) throws IOException {
    return problems(orders(csv));
  }

  private static List<String> problems(OrdersImport orders) throws IOException {
    List<String> problems = new ArrayList<>();
    OrdersImport.Checked checked = orders.check(problems::add, count -> {});
    assertThat(checked.bad()).isEqualTo(problems.size());
    return problems;
  }

  @Test
  void aLineBecomesAPlaceCommand() throws IOException {
    OrderCommand command = written(HEADER + "tea,A-1,1250,CNY\n").get(0);
    assertThat(command)
        .isEqualTo(
            OrderCommand.place(
                command.order(),
                Money.of(1250, "CNY"),
                command.commandId(),
                "paidonce orders import",
                CLOCK.instant()));
    assertThat(command.order()).hasToString("tea:A-1");
  }

  @Test
  void importingTwiceSendsTheSameCommandsAndAnotherAmountAnotherCommand() throws IOException {
    String first = written(HEADER + "tea,A-1,1250,CNY\n").get(0).commandId();
    assertThat(written(HEADER + "tea,A-1,1250,CNY\n").get(0).commandId()).isEqualTo(first);
    assertThat(written(HEADER + "tea,A-1,1251,CNY\n").get(0).commandId()).isNotEqualTo(first);
    assertThat(written(HEADER + "tea,A-1,1250,EUR\n").get(0).commandId()).isNotEqualTo(first);
    assertThat(written(HEADER + "tea,A-2,1250,CNY\n").get(0).commandId()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop,order_no,amount_minor,currency\ntea,A-1,1250,CNY",
        "currency,amount,order_no,shop\nCNY,1250,A-1,tea\n",
        "\uFEFFshop,order_no,amount,currency\ntea,A-1,1250,CNY\n",
        "shop,order_no,amount,currency\r\ntea,A-1,1250,CNY\r\n",
        "shop,order_no,amount,currency\n\n\ntea,A-1,1250,CNY\n\n",
        "\"shop\",\"order_no\",\"amount\",\"currency\"\n\"tea\",\"A-1\",\"1250\",\"CNY\"\n"
      })
  void theSameOrderIsReadHoweverTheFileIsWritten(String csv) throws IOException {
    assertThat(problems(csv)).isEmpty();
    assertThat(written(csv)).singleElement().hasFieldOrPropertyWithValue("amountDueMinor", 1250L);
  }

  @Test
  void quotedFieldsHoldCommasAndQuotes() throws IOException {
    assertThat(written(HEADER + "tea,\"A,\"\"1\"\"\",1250,CNY\n").get(0).orderNo())
        .isEqualTo("A,\"1\"");
    assertThat(written(HEADER + "tea,订单-1,1250,CNY\n").get(0).orderNo()).isEqualTo("订单-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tea,A-1,12.50,CNY | line 2, amount: \"12.50\" is not a whole number of minor units (fen,"
            + " cents) up to 18 digits",
        "tea,A-1,-5,CNY | line 2, amount: \"-5\" is not a whole number of minor units (fen, cents)"
            + " up to 18 digits",
        "tea,A-1,0,CNY | line 2, amount: \"0\" must be above 0",
        "tea,A-1,9999999999999999999,CNY | line 2, amount: \"9999999999999999999\" is not a whole"
            + " number of minor units (fen, cents) up to 18 digits",
        "tea,A-1,1250,RMB | line 2, currency: \"RMB\" is not an ISO 4217 code with a minor unit,"
            + " such as CNY",
        "tea,A-1,1250,XXX | line 2, currency: \"XXX\" is not an ISO 4217 code with a minor unit,"
            + " such as CNY",
        "tea,,1250,CNY | line 2, order_no: is empty",
        "tea,A-1 ,1250,CNY | line 2, order_no: \"A-1 \" has blanks around it or a control character"
            + " in it",
        "coffee,A-1,1250,CNY | line 2, shop: \"coffee\" is not in the configuration, which has tea",
        "tea,A-1,1250 | line 2: 3 fields, not 4",
        "tea,A-1,1,250,CNY | line 2: 5 fields, not 4",
        "tea,A\"1,1250,CNY | line 2: a double quote inside a field that does not begin with one;"
            + " quote the field; what follows was not read",
        "tea,\"A-1\"x,1250,CNY | line 2: text after a closing double quote; what follows was not"
            + " read",
        "tea,\"A-1,1250,CNY | line 2: a double quote is opened and never closed; what follows was"
            + " not read"
      })
  void aBadLineIsToldWithItsNumberAndField(String line, String problem) throws IOException {
    assertThat(problems(HEADER + line)).containsExactly(problem);
  }

  @Test
  void everyBadLineIsToldAndCounted() throws IOException {
    String csv = HEADER + "tea,\"A\n1\",1,CNY\ntea,A-2,1,CNY\ncoffee,,x,?\n";
    assertThat(problems(csv))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("line 2, order_no: \"A?1\" has blanks around it"),
            p -> assertThat(p).startsWith("line 5, shop: "),
            p -> assertThat(p).startsWith("line 5, order_no: "),
            p -> assertThat(p).startsWith("line 5, amount: "),
            p -> assertThat(p).startsWith("line 5, currency: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tea,A-1,1250,CNY\n",
        "shop,order_no,amount\n",
        "shop;order_no;amount;currency"
      })
  void aFileWithoutItsHeaderIsNotRead(String csv) throws IOException {
    assertThat(problems(csv))
        .containsExactly("line 1: the first line must be shop,order_no,amount,currency");
  }

  @Test
  void anotherEncodingIsRefused() throws IOException {
    assertThat(problems(orders(HEADER + "tea,Ä-1,1250,CNY\n", ISO_8859_1)))
        .containsExactly("line 1 or soon after it: not UTF-8; save the file as UTF-8");
  }

  @Test
  void aFileThatChangedBetweenThePassesIsNotWrittenFurther() throws IOException {
    OrdersImport orders = orders(HEADER + "tea,A-1,1250,CNY\n");
    assertThat(problems(orders)).isEmpty();
    orders(HEADER + "tea,A-1,1250,CNY\ntea,A-2,,CNY\n");
    RecordingCommands commands = new RecordingCommands();
    assertThatThrownBy(() -> orders.write(commands, CLOCK, count -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("changed while it was imported: line 3, amount: is not a whole");
  }

  @Test
  void whatCantBeReadTwiceIsRefused() {
    assertThatThrownBy(() -> new OrdersImport(directory.resolve("none.csv"), Set.of()))
        .hasMessage(directory.resolve("none.csv") + " does not exist");
    assertThatThrownBy(() -> new OrdersImport(directory, Set.of()))
        .hasMessageContaining("is not a readable file");
  }
}
