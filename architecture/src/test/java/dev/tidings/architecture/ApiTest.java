package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Modules that others compile against keep what those link to: a module takes part by having a file `api.txt`.
class ApiTest {
    private static final String UPDATE =
            "./mvnw -pl architecture -am test -Dtest=ApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dtidings.api=write";

    static Stream<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.walk(Sources.root(), 2)) {
            return folders
                    .filter(folder ->
                            Files.exists(folder.resolve("api.txt")) && Files.exists(folder.resolve("pom.xml")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void keepsWhatProgramsLinkTo(Path module) throws IOException {
        Path file = module.resolve("api.txt");
        List<String> now = Signatures.of(module.resolve("target/classes"));
        if ("write".equals(System.getProperty("tidings.api"))) {
            Files.writeString(
                    file, KeptApi.parse(Sources.read(file)).updated(now).print());
        }

        KeptApi kept = KeptApi.parse(Sources.read(file));

        assertThat(kept.goneFrom(now))
                .as(
                        "%s: programs that link to these break; last release: %s. Keep them beside what replaces them, or,"
                                + " before the first release, run %s",
                        Sources.relative(file), kept.released(), UPDATE)
                .isEmpty();
        assertThat(kept.newIn(now))
                .as(
                        "%s: these are new, and will have to stay: look at them once more, then run %s",
                        Sources.relative(file), UPDATE)
                .isEmpty();
        assertThat(now).as("signatures of %s", module).isNotEmpty();
    }
}
