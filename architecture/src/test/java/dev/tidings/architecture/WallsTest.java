package dev.tidings.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Executor;

/// What a module declaration cannot say.
@AnalyzeClasses(packages = "dev.tidings", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule onlyTheEdgesKnowHttp = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tidings.server..", "dev.tidings.callback..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..")
            .because("the broker's decisions must not depend on how a request came in, or how an event goes out");

    @ArchTest
    static final ArchRule onlyDistReadsTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tidings.dist..", "dev.tidings.bench..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("every setting has one way in, so that it can be documented and tested");

    @ArchTest
    static final ArchRule onlyTheEdgesTouchFiles = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.tidings.model..", "dev.tidings.wire..", "dev.tidings.engine", "dev.tidings.broker..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Files.class)
            .because("what decides must not reach for the disk");

    @ArchTest
    static final ArchRule dispatchIsPure = noClasses()
            .that()
            .resideInAPackage("dev.tidings.broker.dispatch..")
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("dev.tidings.broker..")
                            .and(not(resideInAPackage("dev.tidings.broker.dispatch.."))))
                    .as("threads, logs, or the rest of the broker"))
            .because("a model test drives it through millions of histories: no clock, thread or socket inside");

    @ArchTest
    static final ArchRule timeComesInThroughAPort = noClasses()
            .that()
            .resideInAnyPackage("dev.tidings.broker..", "dev.tidings.wire..", "dev.tidings.model..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a test turns the clock by hand");

    @ArchTest
    static final ArchRule secretsAreComparedInConstantTime = noClasses()
            .that()
            .resideInAPackage("dev.tidings.server.auth..")
            .and()
            .doNotHaveSimpleName("Digest")
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
            .because("MessageDigest.isEqual takes as long for any two hashes; a Digest is the key of a map of tokens"
                    + " that were verified, and is no secret's only check");

    @ArchTest
    static final ArchRule keysAreComparedAtAll = classes()
            .that()
            .haveSimpleName("ApiKeys")
            .should()
            .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
            .because("that is how hashes of keys are compared");

    @ArchTest
    static final ArchRule nobodyHidesStateInThreads = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class)
            .because("state has an owner, and the owner is visible");

    @ArchTest
    static final ArchRule theModelIsPlain = classes()
            .that()
            .resideInAPackage("dev.tidings.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.tidings.model..", "org.jspecify..")
            .because("every room, and one day the client, speaks in these nouns");

    @ArchTest
    static final ArchRule loopsAreNotTheCommonPool = noClasses()
            .that()
            .resideInAnyPackage("dev.tidings.broker..", "dev.tidings.server..", "dev.tidings.engine..")
            .should()
            .callMethod(java.util.concurrent.CompletableFuture.class, "runAsync", Runnable.class)
            .orShould()
            .callMethod(java.util.concurrent.CompletableFuture.class, "supplyAsync", java.util.function.Supplier.class)
            .because("an " + Executor.class.getSimpleName() + " is named, bounded and owned by somebody");
}
