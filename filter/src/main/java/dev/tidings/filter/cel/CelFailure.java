package dev.tidings.filter.cel;

/// An expression could not be evaluated on an event.
public final class CelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    CelFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
