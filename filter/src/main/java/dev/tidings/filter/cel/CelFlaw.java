package dev.tidings.filter.cel;

/// A text is no expression, or none that yields a boolean.
public final class CelFlaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    CelFlaw(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    public String complaint() {
        return complaint;
    }
}
