package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the table from each statement of the protocol to its tests: `it/PROTOCOL.md`.
class ProtocolTableTest {
    @Test
    void findsATestForEachStatement() {
        Map<Statement, SortedSet<String>> proofs = proofs();

        List<Statement> unproven = Arrays.stream(Statement.values())
                .filter(statement -> !proofs.containsKey(statement))
                .toList();

        assertThat(unproven)
                .as("statements of the protocol that no test proves")
                .isEmpty();
    }

    @Test
    void keepsTheTableUpToDate() throws IOException, URISyntaxException {
        Path page = module().resolve("PROTOCOL.md");
        String table = table(proofs());

        if (!Files.exists(page) || System.getProperty("tidings.update") != null) {
            Files.writeString(page, table);
        }

        assertThat(page)
                .as("it/PROTOCOL.md is stale: run this test with -Dtidings.update")
                .content()
                .isEqualTo(table);
    }

    private static String table(Map<Statement, SortedSet<String>> proofs) {
        StringBuilder table = new StringBuilder("""
                # The protocol, statement by statement

                Written by `ProtocolTableTest` from the tests' `@Proves`.

                | statement | proven by |
                | --- | --- |
                """);
        for (Statement statement : Statement.values()) {
            table.append("| ").append(statement.text()).append(" | ");
            table.append(String.join(", ", proofs.getOrDefault(statement, new TreeSet<>())));
            table.append(" |\n");
        }
        return table.toString();
    }

    private static Map<Statement, SortedSet<String>> proofs() {
        Map<Statement, SortedSet<String>> proofs = new EnumMap<>(Statement.class);
        for (Class<?> tests : testClasses()) {
            for (Method test : tests.getDeclaredMethods()) {
                String name = "`" + tests.getSimpleName() + "." + test.getName() + "`";
                for (Statement statement : proven(test)) {
                    proofs.computeIfAbsent(statement, _ -> new TreeSet<>()).add(name);
                }
            }
        }
        return proofs;
    }

    private static Statement[] proven(Method test) {
        Proves proves = test.getAnnotation(Proves.class);
        return proves == null ? new Statement[0] : proves.value();
    }

    private static List<Class<?>> testClasses() {
        try (Stream<Path> files = Files.list(compiled())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .sorted()
                    .<Class<?>>map(name -> load(name.replace(".class", "")))
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(ProtocolTableTest.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path compiled() throws URISyntaxException {
        return Path.of(ProtocolTableTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/tidings/it");
    }

    private static Path module() throws URISyntaxException {
        return compiled().getParent().getParent().getParent().getParent().getParent();
    }
}
