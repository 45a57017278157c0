package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// The test classes of the guide are compiled as they stand there, for Java 17, and run.
class TestingGuideTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import static dev.tidings.testkit.TidingsAssertions.assertThat;
            import static org.assertj.core.api.Assertions.assertThat;

            import dev.tidings.client.*;
            import dev.tidings.testkit.*;
            import java.net.URI;
            import java.time.Duration;
            import org.junit.jupiter.api.*;

            """;

    @TempDir
    private Path classes;

    @Test
    void showsTestsThatPass() throws Exception {
        compile();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            TestExecutionSummary summary = run(loader.loadClass("CashierTest"), loader.loadClass("SmallCashierTest"));

            StringWriter failures = new StringWriter();
            summary.printFailuresTo(new PrintWriter(failures, true));
            assertThat(summary.getTotalFailureCount()).as(failures.toString()).isZero();
            assertThat(summary.getTestsSucceededCount()).isEqualTo(5);
        }
    }

    private void compile() throws IOException {
        StringBuilder source = new StringBuilder(IMPORTS);
        Matcher block = JAVA.matcher(Files.readString(Path.of("../docs/guide/testing.md")));
        while (block.find()) {
            source.append(block.group(1));
        }
        Path file = classes.resolve("Guide.java");
        Files.writeString(file, source.toString());
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, System.err, "-d", classes.toString(), "--release", "17", file.toString());
        assertThat(failed).isZero();
    }

    private static TestExecutionSummary run(Class<?>... tests) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(List.of(tests).stream()
                                .map(DiscoverySelectors::selectClass)
                                .toList())
                        .build(),
                summary);
        return summary.getSummary();
    }
}
