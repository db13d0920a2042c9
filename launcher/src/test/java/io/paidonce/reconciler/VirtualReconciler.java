package io.paidonce.reconciler;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.ProviderClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The reconciler's desk in virtual time: whatever is to be asked now is asked and answered now. */
public final class VirtualReconciler {

  /** As many as the role has threads by default, and more. */
  private static final int ROOM = 64;

  private final Map<ProviderAccount, ProviderClient> clients;
  private final Consumer<ProducerRecord<byte[], byte[]>> log;
  private final Desk desk;
  private long tickets;
  private long ids;
  private long asked;

  /**
   * @param shops of the accounts
   * @param log takes what is published, in its order
   */
  public VirtualReconciler(
      Map<ProviderAccount, ProviderClient> clients,
      Map<ProviderAccount, String> shops,
      int perSecond,
      Consumer<ProducerRecord<byte[], byte[]>> log,
      Instant start) {
    this.clients = clients;
    this.log = log;
    List<AskedAccount> accounts = new ArrayList<>();
    clients.forEach(
        (account, client) ->
            accounts.add(
                new AskedAccount(
                    account,
                    String.valueOf(shops.get(account)),
                    client.hosts(),
                    perSecond,
                    perSecond)));
    Map<ProviderAccount, String> protocols = new HashMap<>();
    for (ProviderAccount account : clients.keySet()) {
      protocols.put(account, account.provider().equals("alipay") ? "alipay" : "wechat-v3");
    }
    this.desk =
        new Desk(
            accounts, protocols, DeskSettings.DEFAULT, () -> "q" + ++ids, new Random(7), start);
  }

  public void accept(ProviderRequest request, Instant now) {
    desk.accept(++tickets, request, now);
  }

  /** Does all that is to be done by now. */
  public void run(Instant now) {
    while (true) {
      Desk.Turn turn = desk.turn(now, ROOM);
      turn.reports().forEach(this::publish);
      if (turn.errands().isEmpty()) {
        return;
      }
      // Asked at once, as the role's threads do; heard in one order, so that a day can be repeated.
      List<Outcome> outcomes = turn.errands().parallelStream().map(this::ask).toList();
      for (int i = 0; i < outcomes.size(); i++) {
        asked++;
        desk.answered(turn.errands().get(i), outcomes.get(i), now).ifPresent(this::publish);
      }
    }
  }

  private Outcome ask(Errand errand) {
    ProviderClient client = clients.get(errand.request().asked());
    if (client == null) {
      throw new IllegalStateException("nobody asks for " + errand.request().asked());
    }
    return errand.run(client);
  }

  private void publish(Report report) {
    Outgoing outgoing = Outgoing.of(report, null);
    outgoing.first().forEach(log);
    log.accept(outgoing.last());
  }

  public boolean isIdle() {
    return desk.size() == 0;
  }

  /** How many questions were put. */
  public long asked() {
    return asked;
  }
}
