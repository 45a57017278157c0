package dev.tidings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the guide shows is what runs here.
class GuideTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsCodeOfThisProgram() throws IOException {
        String program = program();
        String guide = Files.readString(Path.of("../../docs/guide/spring.md"));

        List<String> shown = JAVA.matcher(guide)
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("…") && !line.startsWith("```"))
                .toList();

        assertThat(shown).isNotEmpty().allSatisfy(line -> assertThat(program).contains(line));
    }

    private static String program() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }
}
