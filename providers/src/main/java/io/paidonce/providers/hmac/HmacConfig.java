package io.paidonce.providers.hmac;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source of HMAC-signed callbacks.
 *
 * @param protocol {@code hmac}
 * @param id chosen here, the last segment of the path: {@code /callbacks/hmac/stripe-eu}
 * @param shop the one shop it belongs to
 * @param preset {@code stripe} or {@code standard-webhooks}: what is left out below is taken from
 *     it
 * @param secrets what signs; while one is being changed, the new one and then the old
 * @param signature where it stands and what it covers
 * @param content which fields say what
 * @param answer what the source takes as success; 200 with a short JSON text where left out
 */
public record HmacConfig(
    String protocol,
    String id,
    String shop,
    @Nullable String preset,
    List<HmacSecret> secrets,
    @Nullable HmacSignature signature,
    @Nullable HmacContent content,
    @Nullable HmacAnswer answer)
    implements AccountConfig {

  public HmacConfig {
    protocol = AccountChecks.orEmpty(protocol);
    id = AccountChecks.orEmpty(id);
    shop = AccountChecks.orEmpty(shop);
    secrets = AccountChecks.orEmpty(secrets);
  }
}
