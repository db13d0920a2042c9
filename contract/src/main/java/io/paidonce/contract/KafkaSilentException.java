package io.paidonce.contract;

import org.jspecify.annotations.Nullable;

/** The cluster does not answer now; asking again later may help. */
public final class KafkaSilentException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  KafkaSilentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
