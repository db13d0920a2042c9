package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.Executable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson what the compiler already knows: a record's component that is not {@code @Nullable}
 * must be given. Without it a missing field would be found by the record's constructor, which stops
 * at the first one. A list may be left out: whether it may be empty, its record says.
 */
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    if (member instanceof AnnotatedParameter parameter
        && parameter.getOwner().getMember() instanceof Executable constructor) {
      return !Collection.class.isAssignableFrom(parameter.getRawType())
          && !constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
              Nullable.class);
    }
    return super.hasRequiredMarker(member);
  }
}
