package dev.tidings.filter;

/// Ends the reading of a filter from deep inside it. Never leaves this package.
final class FilterFlaw extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String reason;

    FilterFlaw(String pointer, String reason) {
        super(reason, null, false, false);
        this.pointer = pointer;
        this.reason = reason;
    }

    Compilation.Flawed told() {
        return new Compilation.Flawed(pointer, reason);
    }
}
