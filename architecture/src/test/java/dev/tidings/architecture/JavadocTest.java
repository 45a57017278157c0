package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The build compiles what others compile against for Java 17, where comments that begin with `///` are none, and so
/// does not look at them.
class JavadocTest {
    /// A sentence that says it all need not be said again in tags.
    private static final Pattern NOT_ASKED_FOR = Pattern.compile("no @(param|return|throws)\\b.*|no main description");

    @TempDir
    private Path classes;

    static Stream<Path> modules() throws IOException {
        return ApiTest.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void tellsOfEverythingThatProgramsLinkTo(Path module) throws IOException {
        String exported = String.join(",", Signatures.exported(module.resolve("target/classes")));

        List<String> flaws = diagnostics(module.resolve("src/main/java"), exported).stream()
                .filter(found -> found.getKind() == Diagnostic.Kind.ERROR
                        || found.getCode().endsWith(".proc.messager"))
                .filter(found -> !NOT_ASKED_FOR.matcher(found.getMessage(null)).matches())
                .map(found -> found.getSource().getName() + ":" + found.getLineNumber() + " " + found.getMessage(null))
                .toList();

        assertThat(flaws).isEmpty();
    }

    private List<Diagnostic<? extends JavaFileObject>> diagnostics(Path sources, String packages) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "-Xmaxwarns",
                "1000",
                "-Xdoclint:all/protected",
                "-Xdoclint/package:" + packages);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> paths = Files.walk(sources)) {
            List<Path> units = paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("module-info.java"))
                    .toList();
            var _ = compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(units))
                    .call();
        }
        return found.getDiagnostics();
    }
}
