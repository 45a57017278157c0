package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The formatter breaks a comment's line that is too long behind its last word that fits, and leaves the rest on a
/// line of its own.
class CommentsTest {
    private static final Pattern ONE_WORD = Pattern.compile("\\s*/// ?[^\\s|@`*#-]\\S*");
    private static final Pattern GOES_ON = Pattern.compile("\\s*/// {1,30}[^\\s|@`*#-].*");
    private static final int LONG = 100;

    @Test
    void noLineIsTorn() {
        assertThat(Sources.all().stream().flatMap(file -> torn(file).stream()))
                .as("join these with the lines around them")
                .isEmpty();
    }

    private static List<String> torn(Path file) {
        List<String> lines = Sources.read(file).lines().toList();
        List<String> torn = new ArrayList<>();
        for (int at = 1; at < lines.size() - 1; at++) {
            String before = lines.get(at - 1);
            if (ONE_WORD.matcher(lines.get(at)).matches()
                    && before.strip().startsWith("///")
                    && before.length() > LONG
                    && GOES_ON.matcher(lines.get(at + 1)).matches()) {
                torn.add(Sources.relative(file) + ":" + (at + 1));
            }
        }
        return torn;
    }
}
