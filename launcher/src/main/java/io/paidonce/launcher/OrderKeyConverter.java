package io.paidonce.launcher;

import io.paidonce.contract.OrderKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An order as it is keyed everywhere: {@code shop:order_no}. */
final class OrderKeyConverter implements ITypeConverter<OrderKey> {

  @Override
  public OrderKey convert(String text) {
    try {
      return OrderKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
