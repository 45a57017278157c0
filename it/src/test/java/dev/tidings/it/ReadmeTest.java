package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The quick start for Java programs is compiled as it stands in the README, and run.
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG).insecure();

    @Test
    void startsQuicklyWithJava(@TempDir Path classes) throws Exception {
        BlockingQueue<String> printed = new LinkedBlockingQueue<>();
        Path source = classes.resolve("QuickStart.java");
        Files.writeString(source, program());
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, System.err, "-d", classes.toString(), "--release", "17", source.toString());
        assertThat(failed).isZero();

        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                Bus bus = start(loader, printed)) {
            assertThat(printed.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo("to print: Order[order=19, total=12.5]");
            assertThat(bus.flush()).succeedsWithin(Deadline.GENEROUS);
        }
    }

    private static Bus start(ClassLoader loader, BlockingQueue<String> printed) throws ReflectiveOperationException {
        Consumer<String> printer = printed::add;
        Method start = loader.loadClass("QuickStart").getMethod("start", Consumer.class);
        return (Bus) start.invoke(null, printer);
    }

    private static String program() throws IOException {
        return """
                import dev.tidings.client.*;
                import java.net.URI;
                import java.util.List;
                import java.util.function.Consumer;

                public class QuickStart {
                    public static Bus start(Consumer<String> printer) {
                        %s
                        return bus;
                    }
                }
                """.formatted(quickStart());
    }

    private static String quickStart() throws IOException {
        Matcher block = JAVA.matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).isTrue();
        URI address = URI.create(broker.clientWith(null).base());
        return block.group(1)
                .replace("http://localhost:8080", address.toString())
                .replace("System.out.println(", "printer.accept(");
    }
}
