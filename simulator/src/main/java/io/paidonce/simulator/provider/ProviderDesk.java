package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The providers, asked: takes any request, carries it out on the account's book, and lets go wrong
 * what is meant to. Knows no socket and no time but the given clock's, so the same desk serves
 * virtual time, an HTTP server and the providers' own libraries. Thread-safe.
 */
public final class ProviderDesk {

  private final InstantSource clock;
  private final Faults faults;
  private final WechatV3Desk wechat;
  private final WechatV2Desk wechatV2;
  private final AlipayDesk alipay;
  private final ConcurrentLinkedQueue<Asking> record = new ConcurrentLinkedQueue<>();

  /** A desk that knows no account yet. */
  public ProviderDesk(InstantSource clock, Faults faults) {
    this.clock = requireNonNull(clock, "clock");
    this.faults = requireNonNull(faults, "faults");
    this.wechat = new WechatV3Desk(clock);
    this.wechatV2 = new WechatV2Desk();
    this.alipay = new AlipayDesk(clock);
  }

  /** From now on this merchant may ask. */
  public ProviderDesk admit(WechatV3Merchant merchant) {
    wechat.admit(merchant);
    return this;
  }

  /** From now on this merchant may ask by the old protocol, also besides the new one. */
  public ProviderDesk admit(WechatV2Merchant merchant) {
    wechatV2.admit(merchant);
    return this;
  }

  /** From now on this application may ask. */
  public ProviderDesk admit(AlipayApplication application) {
    alipay.admit(application);
    return this;
  }

  /** What happens to a request; what was done is in the books when this returns. */
  public Reaction react(ApiCall call) {
    for (ProtocolDesk desk : List.of(wechat, wechatV2, alipay)) {
      if (desk.isAddressed(call)) {
        return react(desk.read(call));
      }
    }
    return Reaction.of(new ApiAnswer(404, Map.of(), RawBytes.of(new byte[0])));
  }

  /** All that was asked so far, in its order. */
  public List<Asking> asked() {
    return List.copyOf(record);
  }

  private Reaction react(Request request) {
    Fault fault = faults.next(request.asked());
    requireKnown(fault, request.asked().protocol());
    return switch (fault.kind()) {
      case NONE -> answer(request, fault, request.carryOut(), Hand.RIGHT);
      case SLOW ->
          new Reaction(
              answer(request, fault, request.carryOut(), Hand.RIGHT).answer(), fault.time());
      case BAD_SIGNATURE -> answer(request, fault, request.carryOut(), Hand.WRONG);
      case UNSIGNED -> answer(request, fault, request.carryOut(), Hand.NOBODY);
      case UNKNOWN_KEY -> answer(request, fault, request.carryOut(), Hand.STRANGER);
      case PROBE -> answer(request, fault, request.carryOut(), Hand.PROBE);
      case ANOTHER_ORDER -> answer(request, fault, request.aboutAnother(), Hand.RIGHT);
      case NOT_FOUND -> answer(request, fault, request.notFound(), Hand.RIGHT);
      case SERVER_ERROR -> answer(request, fault, request.failed(), Hand.RIGHT);
      case THROTTLED -> throttled(request, fault);
      case RESET -> broken(request, fault);
      case ANSWER_LOST -> {
        request.carryOut();
        yield broken(request, fault);
      }
    };
  }

  private Reaction answer(Request request, Fault fault, Said said, Hand hand) {
    write(request, fault, said.line());
    return Reaction.of(request.written(said, said.isSigned() ? hand : Hand.NOBODY));
  }

  private Reaction throttled(Request request, Fault fault) {
    Said said = request.throttled();
    write(request, fault, said.line());
    ApiAnswer answer = request.written(said, Hand.NOBODY);
    return Reaction.of(
        fault.time().equals(Duration.ZERO)
            ? answer
            : answer.with("Retry-After", Long.toString(fault.time().toSeconds())));
  }

  private Reaction broken(Request request, Fault fault) {
    write(request, fault, "");
    return Reaction.broken();
  }

  private void write(Request request, Fault fault, String said) {
    record.add(new Asking(clock.instant(), request.asked(), fault.kind(), said));
  }

  private static void requireKnown(Fault fault, String protocol) {
    if (!fault.kind().isKnownTo(protocol)) {
      throw new IllegalArgumentException(protocol + " has no fault " + fault.kind());
    }
  }
}
