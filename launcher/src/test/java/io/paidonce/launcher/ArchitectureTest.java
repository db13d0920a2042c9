package io.paidonce.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows that must not be drawn. The launcher sees every module, so they are checked here. */
final class ArchitectureTest {

  private static final JavaClasses MAIN_CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.paidonce");

  /**
   * One module.
   *
   * @param name its package below {@code io.paidonce}
   * @param mayUse what of ours it may use
   */
  record Module(String name, List<String> mayUse) {

    Module(String name, String... mayUse) {
      this(name, List.of(mayUse));
    }

    List<String> mustNotUse() {

      return modules()
          .map(Module::name)
          .filter(other -> !other.equals(name) && !mayUse.contains(other))
          .map(Module::packageOf)
          .toList();
    }

    static String packageOf(String name) {
      return "io.paidonce." + name + "..";
    }

    @Override
    public String toString() {
      return name + " uses nothing of ours but " + mayUse;
    }
  }

  static Stream<Module> modules() {
    return Stream.of(
        new Module("contract"),
        new Module("providers", "contract"),
        new Module("ledger", "contract"),
        new Module("gateway", "contract", "providers"),
        new Module("streams", "contract", "ledger"),
        new Module("projector", "contract"),
        new Module("reconciler", "contract", "providers", "ledger"),
        new Module("verifier", "contract", "providers"),
        new Module("simulator", "contract", "providers"),
        new Module("localstack"),
        new Module(
            "benchmarks",
            "contract",
            "providers",
            "ledger",
            "gateway",
            "streams",
            "projector",
            "verifier",
            "simulator",
            "localstack"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyWhatTheHouseAllows(Module module) {
    noClasses()
        .that()
        .resideInAPackage(Module.packageOf(module.name()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(module.mustNotUse().stream(), Stream.of(Module.packageOf("launcher")))
                .toArray(String[]::new))
        .check(MAIN_CODE);
  }

  @Test
  void everyPackageOfOursBelongsToAKnownModule() {
    Set<String> known =
        Stream.concat(modules().map(Module::name), Stream.of("launcher"))
            .collect(Collectors.toSet());
    assertThat(
            MAIN_CODE.stream()
                .map(c -> c.getPackageName().replaceFirst("io\\.paidonce\\.([a-z]+).*", "$1"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void noProviderKnowsAnother() {
    slices()
        .matching("io.paidonce.providers.(*)..")
        .should()
        .notDependOnEachOther()
        .check(MAIN_CODE);
  }

  @Test
  void onlyTheRegistryNamesTheProviders() {
    noClasses()
        .that()
        .resideInAPackage("io.paidonce.providers")
        .and()
        .doNotHaveSimpleName("Protocols")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.paidonce.providers.*..")
        .check(MAIN_CODE);
  }

  @Test
  void servicesKnowNoSingleProvider() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.paidonce.gateway..", "io.paidonce.verifier..", "io.paidonce.reconciler..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("io\\.paidonce\\.providers\\.(?!http\\.)[a-z0-9]+\\..*")
        .check(MAIN_CODE);
  }

  @Test
  void theLedgerKnowsNoKafkaNoClockAndNoLogger() {
    noClasses()
        .that()
        .resideInAPackage("io.paidonce.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "org.slf4j..", "java.io..", "java.net..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(MAIN_CODE);
  }

  @Test
  void providersKnowNoKafkaNoFileNoClockAndNoLogger() {
    noClasses()
        .that()
        .resideInAPackage("io.paidonce.providers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "org.slf4j..", "io.vertx..", "java.nio.file..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(MAIN_CODE);
  }

  @Test
  void providersReachTheNetThroughOneAdapter() {
    noClasses()
        .that()
        .resideInAPackage("io.paidonce.providers..")
        .and()
        .resideOutsideOfPackage("io.paidonce.providers.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "io.paidonce.providers.http..")
        .check(MAIN_CODE);
  }

  @Test
  void whatAKeyMadeIsComparedInConstantTime() {
    classes()
        .that()
        .haveNameMatching(
            "io\\.paidonce\\.(providers\\.hmac\\.HmacAccount"
                + "|providers\\.wechatv2\\.SignatureCheck"
                + "|gateway\\.OrderTokens|projector\\.(Callers|PageTokens))")
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(MAIN_CODE);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.paidonce.providers.hmac..",
            "io.paidonce.providers.wechatv2..",
            "io.paidonce.providers.wechatv3..")
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .check(MAIN_CODE);
  }

  @Test
  void noFieldIsAFloatingPointNumber() {
    noFields().should().haveRawType(FLOATING).check(MAIN_CODE);
  }

  @Test
  void nothingTakesAFloatingPointNumber() {
    noCodeUnits()
        .that(WRITTEN_BY_US)
        .should()
        .haveRawParameterTypes(
            DescribedPredicate.describe(
                "a floating point number", types -> types.stream().anyMatch(FLOATING)))
        .check(MAIN_CODE);
  }

  @Test
  void theClockIsReadOnlyWhereThingsAreWired() {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage("io.paidonce.launcher..")))
        .and(DescribedPredicate.not(nameMatching(".*Main(\\$.*)?")))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(MAIN_CODE);
  }

  @Test
  void noStandardOutputButTheLaunchers() {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage("io.paidonce.launcher..")))
        .should()
        .accessField(System.class, "out")
        .check(MAIN_CODE);
  }

  private static final DescribedPredicate<JavaClass> FLOATING =
      DescribedPredicate.describe(
          "a floating point number",
          type ->
              Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                  .contains(type.getName()));

  // A lambda given to a metrics library has that library's parameters.
  private static final DescribedPredicate<JavaCodeUnit> WRITTEN_BY_US =
      DescribedPredicate.describe(
          "written by us", unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC));
}
