package io.paidonce.simulator.provider;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Alipay's gateway, for the applications that it was told of. */
final class AlipayDesk implements ProtocolDesk {

  private final InstantSource clock;
  private final Map<String, AlipayApplication> applications = new ConcurrentHashMap<>();

  AlipayDesk(InstantSource clock) {
    this.clock = clock;
  }

  void admit(AlipayApplication application) {
    if (applications.putIfAbsent(application.appId(), application) != null) {
      throw new IllegalArgumentException(
          "application " + application.appId() + " is known already");
    }
  }

  @Override
  public boolean isAddressed(ApiCall call) {
    return call.path().equals("/gateway.do");
  }

  @Override
  public Request read(ApiCall call) {
    AlipayParameters parameters = AlipayParameters.of(call);
    return new AlipayRequest(
        parameters, applications.get(parameters.get("app_id")), clock.instant());
  }
}
