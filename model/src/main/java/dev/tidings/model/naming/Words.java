package dev.tidings.model.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words that a segment of a type's name is made of: `PasswordChanged`, `sent-to-archive`.
final class Words {
    private Words() {}

    /// In lower case.
    static List<String> of(String segment) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= segment.length(); i++) {
            if (i == segment.length() || startsWord(segment, i)) {
                words.add(segment.substring(start, i).toLowerCase(Locale.ROOT));
                start = Character.isLetter(segment.charAt(Math.min(i, segment.length() - 1))) ? i : i + 1;
            }
        }
        return words;
    }

    private static boolean startsWord(String segment, int i) {
        char c = segment.charAt(i);
        return !Character.isLetter(c) || Character.isUpperCase(c) && Character.isLowerCase(segment.charAt(i - 1));
    }
}
