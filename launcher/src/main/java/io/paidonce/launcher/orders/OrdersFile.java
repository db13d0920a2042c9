package io.paidonce.launcher.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Money;
import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.orders.CsvReader.MalformedCsvException;
import io.paidonce.launcher.orders.CsvReader.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A CSV file of orders: its header, its lines, and what is wrong with each. Never held whole. */
final class OrdersFile {

  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final Map<String, String> OTHER_NAMES = Map.of("amount_minor", "amount");
  private static final List<String> COLUMNS = List.of("shop", "order_no", "amount", "currency");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Path file;
  private final Set<String> shops;

  /**
   * @param shops the ids an order may have; empty where any is accepted
   */
  OrdersFile(Path file, Set<String> shops) {
    this.file = file;
    this.shops = shops;
  }

  /** Hands on each good line, and a sentence with line number and field for each bad one. */
  void read(Consumer<OrderLine> lines, Consumer<String> problems) throws IOException {
    long reached = 1;
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      in.mark(1);
      if (in.read() != BYTE_ORDER_MARK) {
        in.reset();
      }
      CsvReader csv = new CsvReader(in);
      Optional<List<String>> columns = header(csv, problems);
      if (columns.isEmpty()) {
        return;
      }
      for (Optional<Row> row = csv.next(); row.isPresent(); row = csv.next()) {
        reached = row.get().line();
        line(row.get(), columns.get(), problems).ifPresent(lines);
      }
    } catch (MalformedCsvException e) {
      problems.accept(e.getMessage() + "; what follows was not read");
    } catch (CharacterCodingException e) {
      problems.accept("line " + reached + " or soon after it: not UTF-8; save the file as UTF-8");
    }
  }

  private static Optional<List<String>> header(CsvReader csv, Consumer<String> problems)
      throws IOException, MalformedCsvException {
    List<String> columns =
        csv.next().map(Row::fields).orElse(List.of()).stream()
            .map(String::strip)
            .map(name -> OTHER_NAMES.getOrDefault(name, name))
            .toList();
    if (columns.size() == COLUMNS.size() && columns.containsAll(COLUMNS)) {
      return Optional.of(columns);
    }
    problems.accept("line 1: the first line must be " + String.join(",", COLUMNS));
    return Optional.empty();
  }

  private Optional<OrderLine> line(Row row, List<String> columns, Consumer<String> problems) {
    String place = "line " + row.line();
    if (row.fields().size() != columns.size()) {
      problems.accept(place + ": " + row.fields().size() + " fields, not " + columns.size());
      return Optional.empty();
    }
    LineReader fields = new LineReader(place, row.fields(), columns, problems);
    Optional<String> shop = fields.shop(shops);
    Optional<String> orderNo = fields.name("order_no");
    Optional<Long> amount = fields.amount();
    Optional<String> currency = fields.currency();
    if (shop.isEmpty() || orderNo.isEmpty() || amount.isEmpty() || currency.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OrderLine(
            new OrderKey(shop.get(), orderNo.get()), Money.of(amount.get(), currency.get())));
  }

  /** The fields of one line, each with its own complaint. */
  private record LineReader(
      String place, List<String> values, List<String> columns, Consumer<String> problems) {

    Optional<String> shop(Set<String> known) {
      Optional<String> shop = name("shop");
      if (shop.isPresent() && !known.isEmpty() && !known.contains(shop.get())) {
        return bad("shop", "is not in the configuration, which has " + String.join(", ", known));
      }
      return shop.isPresent() && shop.get().indexOf(':') >= 0 ? bad("shop", "holds a colon") : shop;
    }

    Optional<String> name(String column) {
      String value = value(column);
      if (value.isBlank()) {
        return bad(column, "is empty");
      }
      if (!value.strip().equals(value) || value.chars().anyMatch(Character::isISOControl)) {
        return bad(column, "has blanks around it or a control character in it");
      }
      return Optional.of(value);
    }

    Optional<Long> amount() {
      String value = value("amount");
      if (!WHOLE_NUMBER.matcher(value).matches()) {
        return bad("amount", "is not a whole number of minor units (fen, cents) up to 18 digits");
      }
      long minor = Long.parseLong(value);
      return minor > 0 ? Optional.of(minor) : bad("amount", "must be above 0");
    }

    Optional<String> currency() {
      String value = value("currency");
      try {
        return Optional.of(Money.of(0, value).currency());
      } catch (IllegalArgumentException e) {
        return bad("currency", "is not an ISO 4217 code with a minor unit, such as CNY");
      }
    }

    private String value(String column) {
      return values.get(columns.indexOf(column));
    }

    private <T> Optional<T> bad(String column, String what) {
      String value = value(column);
      String shown = value.length() <= 40 ? value : value.substring(0, 40) + "…";
      String quoted = value.isBlank() ? "" : " \"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
      problems.accept(place + ", " + column + ":" + quoted + " " + what);
      return Optional.empty();
    }
  }
}
