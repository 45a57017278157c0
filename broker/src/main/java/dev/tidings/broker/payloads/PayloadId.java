package dev.tidings.broker.payloads;

import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names a payload. It begins with the mark of the store that it was made for, so that a store knows its own, and
/// goes on with what nobody can guess.
public record PayloadId(String value) {
    /// Where payloads are, below the address of the broker.
    public static final String PATH = "/ce/payloads/";

    private static final int MARK_BYTES = 6;
    private static final int SECRET_BYTES = 18;
    private static final int MARK_LENGTH = 8;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final Pattern REFERENCE = Pattern.compile(".*" + PATH + "([A-Za-z0-9_-]{32})", Pattern.DOTALL);

    public PayloadId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("the id of a payload has 32 letters, digits, '-' and '_'");
        }
    }

    /// Null where the text is no id.
    public static @Nullable PayloadId parse(String text) {
        return FORM.matcher(text).matches() ? new PayloadId(text) : null;
    }

    /// The id at the end of a reference; null where the reference leads elsewhere.
    public static @Nullable PayloadId inReference(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        return matcher.matches() ? new PayloadId(matcher.group(1)) : null;
    }

    /// A new mark for a store.
    static String mark(RandomGenerator random) {
        return text(random, MARK_BYTES);
    }

    static PayloadId random(String mark, RandomGenerator random) {
        return new PayloadId(mark + text(random, SECRET_BYTES));
    }

    /// Whether a store of that mark made it.
    boolean isOf(String mark) {
        return value.startsWith(mark) && mark.length() == MARK_LENGTH;
    }

    private static String text(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return value;
    }
}
