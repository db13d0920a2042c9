package io.paidonce.launcher.config;

/**
 * One owner of orders.
 *
 * @param id first part of every key of its orders; without a colon
 */
public record ShopConfig(String id) {

  public ShopConfig {
    if (id.isBlank() || id.indexOf(':') >= 0) {
      throw new IllegalArgumentException("id must not be blank and hold no colon");
    }
  }
}
