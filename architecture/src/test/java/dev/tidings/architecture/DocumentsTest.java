package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Path DOCS = Sources.root().resolve("docs");

    @ParameterizedTest
    @EnumSource
    void hasAPageForEachErrorCode(ErrorCode code) {
        Path page = DOCS.resolve("errors").resolve(code.slug() + ".md");

        assertThat(page).exists();
        assertThat(Sources.read(page))
                .startsWith("# " + code.title() + "\n")
                .contains("`" + code.slug() + "`, status " + code.status());
    }

    @Test
    void hasNoPageForAnErrorThatDoesNotExist() throws IOException {
        List<String> slugs =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::slug).toList();

        try (Stream<Path> pages = Files.list(DOCS.resolve("errors"))) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(slugs.stream(), Stream.of("README")).toList());
        }
    }

    @Test
    void linksToNothingThatIsMissing() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DOCS)) {
            Stream<Path> roots =
                    Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md").map(Sources.root()::resolve);
            Stream.concat(files.filter(file -> file.toString().endsWith(".md")), roots)
                    .forEach(file -> broken.addAll(brokenLinks(file)));
        }

        assertThat(broken).isEmpty();
    }

    private static List<String> brokenLinks(Path file) {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(Sources.read(file));
        while (link.find()) {
            String target = link.group(1);
            if (!target.contains("://") && !Files.exists(file.resolveSibling(target))) {
                broken.add(Sources.relative(file) + " -> " + target);
            }
        }
        return broken;
    }
}
