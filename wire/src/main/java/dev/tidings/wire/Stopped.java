package dev.tidings.wire;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.List;

/// Ends the reading of a body from deep inside it. Never leaves this package: its faces answer with the refusal.
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private Stopped(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    static Stopped malformed(String detail) {
        return new Stopped(Refusal.of(ErrorCode.MALFORMED_REQUEST, detail));
    }

    static Stopped tooLarge(Flaw flaw) {
        return new Stopped(Refusal.of(ErrorCode.EVENT_TOO_LARGE, flaw.reason(), List.of(flaw)));
    }

    static Stopped tooMany(String detail) {
        return new Stopped(Refusal.of(ErrorCode.REQUEST_TOO_LARGE, detail));
    }

    Refusal refusal() {
        return refusal;
    }
}
