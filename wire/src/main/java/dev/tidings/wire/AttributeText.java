package dev.tidings.wire;

/// What the CloudEvents specification (1.0.2, section 3) demands of attribute names and of strings.
final class AttributeText {
    /// How many characters `id`, `source`, `subject` and `partitionkey` may have; other attributes are bounded by
    /// the size of the event alone.
    static final int MAX_LENGTH = 1024;

    private static final int MAX_SHOWN = 100;

    private AttributeText() {}

    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    static boolean bounded(String value) {
        return !value.isEmpty() && value.length() <= MAX_LENGTH;
    }

    /// No control characters, no half surrogate pairs, no noncharacters.
    static boolean allowed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' && !allowedBeyondAscii(value, i)) {
                return false;
            }
            i += Character.isHighSurrogate(c) ? 1 : 0;
        }
        return true;
    }

    private static boolean allowedBeyondAscii(String value, int index) {
        int point = value.codePointAt(index);
        boolean noncharacter = (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return point >= 0xa0 && !noncharacter && !surrogate;
    }

    /// The value as an answer shows it: quoted, not too long.
    static String shown(String value) {
        return '"' + (value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…") + '"';
    }
}
