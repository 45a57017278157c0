package dev.tidings.wire.json;

/// A text is no JSON: says what was expected, where, and what was found there.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    Malformed(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    public String complaint() {
        return complaint;
    }
}
