package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/// A program that has Spring Boot and the starter, and nothing else.
class BareProgramTest {
    private static final String OPTIONAL =
            ".*/(outbox/.*|(spring-(tx|jdbc|boot-health)|micrometer-|opentelemetry-|h2-)[^/]*)";

    @Test
    void startsWithoutAnythingThatIsOptional() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader bare = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(bare);
            Object bus =
                    bare.loadClass(Program.class.getName()).getMethod("run").invoke(null);

            assertThat(bus).isEqualTo("dev.tidings.client.ConnectedBus");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(OPTIONAL))
                .map(BareProgramTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    @Configuration
    @EnableAutoConfiguration
    public static class Program {
        /// Starts and ends it; the class of its bus.
        public static String run() {
            try (ConfigurableApplicationContext context = new SpringApplication(Program.class)
                    .run("--tidings.url=http://127.0.0.1:1", "--spring.main.banner-mode=off")) {
                return context.getBean(Bus.class).getClass().getName();
            }
        }
    }
}
