package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A name says what a thing is in the words of the trade. These say only that somebody did not know.
class NamesTest {
    private static final Pattern EMPTY_WORDS =
            Pattern.compile(".*(Impl|Manager|Helper|Utils?|Service|Processor|DTO|Dto)\\.java|Abstract.*\\.java");
    private static final Set<String> EMPTY_PACKAGES = Set.of("impl", "util", "utils", "common", "internal", "misc");

    @Test
    void saysNothingEmptyInAFileName() {
        List<String> offenders = Sources.shipped().stream()
                .filter(file ->
                        EMPTY_WORDS.matcher(file.getFileName().toString()).matches())
                .map(Sources::relative)
                .toList();

        assertThat(offenders).isEmpty();
    }

    @Test
    void saysNothingEmptyInAPackageName() {
        List<String> offenders = Sources.shipped().stream()
                .filter(file ->
                        EMPTY_PACKAGES.contains(file.getParent().getFileName().toString()))
                .map(Sources::relative)
                .toList();

        assertThat(offenders).isEmpty();
    }

    @Test
    void leavesNoPromiseWithoutAnIssue() {
        Pattern promise = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!.*#\\d+)");

        List<String> offenders = Sources.shipped().stream()
                .filter(file -> promise.matcher(Sources.read(file)).find())
                .map(Sources::relative)
                .toList();

        assertThat(offenders).isEmpty();
    }
}
