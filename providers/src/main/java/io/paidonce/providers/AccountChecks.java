package io.paidonce.providers;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of every account's configuration, whatever the provider. */
public final class AccountChecks {

  // The id is a path segment and a part of record keys, the shop a part of record keys. What a
  // record would refuse is refused here, or every callback of the account would be unreadable.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHOP = Pattern.compile("[^:\\p{Z}\\p{Cc}]+");
  private static final int LONGEST_SHOP = 64;
  // With the account's id of up to 64 and a slash, the 512 of a record's payee.
  private static final int LONGEST_APP_IDS = 447;

  private AccountChecks() {}

  /** Checks {@code id} and {@code shop}. */
  public static void check(AccountConfig config, Problems problems) {
    if (!isId(config.id())) {
      problems
          .in("id")
          .add("must be the provider's id of the account: 1 to 64 letters, digits, '.', '_', '-'.");
    }
    if (!SHOP.matcher(config.shop()).matches() || config.shop().length() > LONGEST_SHOP) {
      problems
          .in("shop")
          .add("must be 1 to 64 characters without colon, white space or control characters.");
    }
  }

  /** Whether a text can be a provider's id of an account, an app or a seller. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Checks a list of a provider's ids. */
  public static void checkIds(List<String> ids, String what, Problems problems) {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i).isBlank()) {
        problems.at(i).add("is blank; give an " + what + " or take the line out.");
      } else if (!isId(ids.get(i))) {
        problems.at(i).add("must be an " + what + ": 1 to 64 letters, digits, '.', '_', '-'.");
      }
    }
  }

  /** Checks the apps that an account's payments may be made with. */
  public static void checkAppIds(List<String> appIds, Problems problems) {
    checkIds(appIds, "appid", problems);
    int length = String.join("|", appIds).length();
    if (length > LONGEST_APP_IDS) {
      problems.add(
          "are "
              + length
              + " characters together; at most "
              + LONGEST_APP_IDS
              + " fit into a record. Leave the list empty to take any app.");
    }
  }

  /** A text that configuration left out, as an empty one, so that a check can name its place. */
  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** A list that configuration left out, as an empty one; elements left out are not counted. */
  public static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }

  /** A text of a stranger, short and printable, so that it can stand in an explanation. */
  public static String shown(String text) {
    String head = text.length() <= 64 ? text : text.substring(0, 64) + "…";
    return "\"" + head.replaceAll("[^\\x20-\\x7E…]", "?") + "\"";
  }
}
