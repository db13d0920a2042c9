package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would fail in somebody's handshake is refused before, and names what to mend. */
class TlsIdentityTest {

  private static final TlsFiles.Issued OURS = TlsFiles.issued();
  private static final TlsFiles.Issued ANOTHER = TlsFiles.issued();

  @Test
  void aCertificateWithItsIssuerAndItsKeyIsTaken() {
    assertThat(problems(OURS.withItsIssuer())).isEmpty();
    assertThat(problems(new TlsConfig(OURS.certificate(), OURS.key()))).isEmpty();
    assertThat(OURS.identity().until()).isEqualTo(OURS.until());
    assertThat(OURS.identity().described()).contains("CN=localhost").contains("until");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() {
    assertThat(problems(new TlsConfig(OURS.certificate(), ANOTHER.key())))
        .containsExactly(
            "tls.key: is not the key of the first certificate; are both of the same renewal?");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() {
    Secret rsa = TlsFiles.keyOf(KeyText.newRsaKeyPair().getPrivate());
    assertThat(problems(new TlsConfig(OURS.certificate(), rsa)))
        .singleElement()
        .satisfies(p -> assertThat(p).startsWith("tls.key: can't be read as a private key of EC"));
  }

  @Test
  void aChainInTheWrongOrderIsRefused() {
    assertThat(problems(new TlsConfig(TlsFiles.ROOT_PEM + OURS.certificate(), OURS.key())))
        .anySatisfy(p -> assertThat(p).startsWith("tls.certificate[0]: was not issued by"))
        .anySatisfy(p -> assertThat(p).startsWith("tls.key: is not the key of the first"));
    assertThat(problems(new TlsConfig(OURS.certificate() + ANOTHER.certificate(), OURS.key())))
        .singleElement()
        .satisfies(p -> assertThat(p).startsWith("tls.certificate[0]: was not issued by"));
  }

  @Test
  void whatIsNoCertificateOrNoKeyIsRefusedAndNotShown() {
    for (String text : List.of("", "swordfish", OURS.key().reveal(), cut(OURS.certificate()))) {
      assertThat(problems(new TlsConfig(text, OURS.key())))
          .as(text)
          .singleElement()
          .satisfies(p -> assertThat(p).startsWith("tls.certificate").doesNotContain("swordfish"));
    }
    for (String text : List.of("", "swordfish", OURS.certificate(), cut(OURS.key().reveal()))) {
      assertThat(problems(new TlsConfig(OURS.certificate(), Secret.of(text))))
          .as(text)
          .singleElement()
          .satisfies(p -> assertThat(p).startsWith("tls.key: ").doesNotContain("swordfish"));
    }
  }

  @Test
  void oneThatHasExpiredOrDoesNotYetCountIsRefused() {
    assertThat(dates(OURS, OURS.until())).isEmpty();
    assertThat(dates(OURS, OURS.until().plusSeconds(1)))
        .containsExactly("tls.certificate: expired at " + OURS.until() + "; renew it");
    assertThat(dates(OURS, OURS.until().minus(Duration.ofDays(401))))
        .singleElement()
        .satisfies(p -> assertThat(p).startsWith("tls.certificate: is valid from "));
  }

  @Test
  void whatHasExpiredWhileItWasShownKeepsNothingElseFromBeingChanged() {
    LiveTls tls = LiveTls.open(OURS.withItsIssuer(), Instant.now(), Problems.none());
    Instant later = OURS.until().plusSeconds(1);
    Problems problems = Problems.none();
    assertThat(tls.next(OURS.withItsIssuer(), later, problems)).isEmpty();
    assertThat(problems.lines()).isEmpty();
    assertThat(tls.next(ANOTHER.withItsIssuer(), later, problems)).isPresent();
    assertThat(problems.lines()).hasSize(1);
  }

  private static List<String> dates(TlsFiles.Issued issued, Instant now) {
    Problems problems = Problems.none();
    issued.identity().checkDates(now, problems.in("tls"));
    return problems.lines();
  }

  private static List<String> problems(TlsConfig config) {
    Problems problems = Problems.none();
    assertThat(TlsIdentity.read(config, problems.in("tls")).isPresent())
        .isEqualTo(problems.isEmpty());
    return problems.lines();
  }

  private static String cut(String pem) {
    int middle = pem.length() / 2;
    return pem.substring(0, middle) + pem.substring(middle + 40);
  }
}
