package io.paidonce.contract;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every record inside of good records, by its type. */
final class Examples {

  private final Map<Class<?>, List<Object>> found = new HashMap<>();

  private Examples() {}

  static Map<Class<?>, List<Object>> in(Stream<?> records) {
    Examples examples = new Examples();
    records.forEach(examples::collect);
    return examples.found;
  }

  private void collect(Object value) {
    if (value instanceof Collection<?> many) {
      many.forEach(this::collect);
    } else if (value instanceof Record) {
      List<Object> known = found.computeIfAbsent(value.getClass(), type -> new ArrayList<>());
      if (!known.contains(value)) {
        known.add(value);
        for (RecordComponent component : value.getClass().getRecordComponents()) {
          collect(read(component, value));
        }
      }
    }
  }

  static Object read(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
