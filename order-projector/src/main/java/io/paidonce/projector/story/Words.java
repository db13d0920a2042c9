package io.paidonce.projector.story;

import org.jspecify.annotations.Nullable;

/** Names of constants as rows hold them. */
public final class Words {

  private Words() {}

  /** Nothing, where a newer build wrote a name that this one does not know. */
  public static <E extends Enum<E>> @Nullable E of(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return null;
  }
}
