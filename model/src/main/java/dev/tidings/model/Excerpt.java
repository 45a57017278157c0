package dev.tidings.model;

/// A text as messages quote it: its beginning, in one line, whoever wrote it.
public final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    public static String of(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder excerpt = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            excerpt.append(isPlain(c) ? c : '?');
        }
        return text.length() > length ? excerpt.append('…').toString() : excerpt.toString();
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
