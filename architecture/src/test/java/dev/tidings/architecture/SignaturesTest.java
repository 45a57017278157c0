package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void declareAModule() throws IOException {
        write("module-info.java", "module m { exports a; }");
    }

    @Test
    void tellsWhatCanBeSeenFromOutside() throws IOException {
        write("a/Bus.java", """
                package a;
                public abstract class Bus implements Runnable {
                    public static final int MOST = 3;
                    int hidden;
                    protected Bus(String[] names, int... sizes) {}
                    public abstract java.util.List<String> names();
                    void inside() {}
                    @Override public String toString() { return ""; }
                    private void own() {}
                }
                """);

        assertThat(signatures())
                .containsExactly(
                        "a.Bus : public abstract class < java.lang.Runnable",
                        "a.Bus.<init>(java.lang.String[], int[]) : protected void",
                        "a.Bus.MOST : public static final int",
                        "a.Bus.names() : public abstract java.util.List");
    }

    @Test
    void tellsOfNestedTypesThatCanBeSeen() throws IOException {
        write("a/Bus.java", """
                package a;
                public interface Bus {
                    enum Kind { FAST }
                    Object SOME = new Object() { public void unseen() {} };
                }
                """);
        write("a/Hidden.java", "package a; class Hidden { public static class Deep { public void unseen() {} } }");
        write("a/Half.java", "package a; public class Half { private static class Deep { public void unseen() {} } }");

        assertThat(signatures())
                .contains(
                        "a.Bus$Kind : public static final class < java.lang.Enum",
                        "a.Bus$Kind.FAST : public static final a.Bus$Kind")
                .noneMatch(line -> line.contains("unseen") || line.contains("Deep"));
    }

    @Test
    void tellsNothingOfPackagesThatAreNotEverybodys() throws IOException {
        write("module-info.java", "module m { exports a; exports b to java.base; }");
        write("a/Bus.java", "package a; public interface Bus {}");
        write("b/ForFriends.java", "package b; public interface ForFriends {}");
        write("c/Inside.java", "package c; public interface Inside {}");

        assertThat(signatures()).containsExactly("a.Bus : public abstract interface");
    }

    private void write(String file, String source) throws IOException {
        Path path = folder.resolve("src").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, source);
    }

    private List<String> signatures() throws IOException {
        Path classes = folder.resolve("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve("src"))) {
            List<Path> units =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-proc:none", "-Xlint:none"),
                            null,
                            files.getJavaFileObjectsFromPaths(units))
                    .call();
            assertThat(compiled).isTrue();
        }
        return Signatures.of(classes);
    }
}
