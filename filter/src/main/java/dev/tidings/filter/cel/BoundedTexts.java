package dev.tidings.filter.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Searches texts as the language has it, in bounded time. The library's own regular expressions are linear in the text
/// but let a pattern of thirty characters, `((a{1000}){1000}){1000}`, take all memory there is. Any thread.
final class BoundedTexts {
    /// Characters of the text times parts of the pattern.
    private static final long MOST_STEPS = 2_000_000;

    private static final int MOST_PARTS = 1_000;
    private static final int KEPT = 256;

    private final Map<String, Sized> patterns = new ConcurrentHashMap<>();

    private record Sized(Pattern pattern, int parts) {}

    boolean matches(String text, String regex) {
        Sized sized = patterns.get(regex);
        if (sized == null) {
            sized = compile(regex);
            if (patterns.size() >= KEPT) {
                patterns.clear();
            }
            patterns.put(regex, sized);
        }
        require(text, sized.parts());
        return sized.pattern().matcher(text).find();
    }

    boolean contains(String text, String part) {
        require(text, part.length());
        return text.contains(part);
    }

    private static Sized compile(String regex) {
        int parts = RegexSize.of(regex);
        if (parts > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "a regular expression has at most " + MOST_PARTS + " parts, repetitions multiplied");
        }
        try {
            return new Sized(Pattern.compile(regex), Math.max(1, parts));
        } catch (PatternSyntaxException none) {
            throw new IllegalArgumentException("no regular expression: " + none.getMessage(), none);
        }
    }

    private static void require(String text, int parts) {
        if ((long) text.length() * parts > MOST_STEPS) {
            throw new IllegalArgumentException("the text is too long for what is searched in it");
        }
    }
}
