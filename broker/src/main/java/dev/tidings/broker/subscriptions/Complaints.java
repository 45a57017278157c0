package dev.tidings.broker.subscriptions;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with a document, gathered while it is read.
final class Complaints {
    private final List<Flaw> flaws = new ArrayList<>();

    /// @param pointer where in the document (RFC 6901)
    void add(String pointer, String reason) {
        flaws.add(new Flaw(0, null, pointer, reason));
    }

    /// Null where nothing is wrong.
    @Nullable
    Refusal refusal() {
        return flaws.isEmpty()
                ? null
                : Refusal.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "the subscription is not well-formed: "
                                + flaws.getFirst().pointer() + ": "
                                + flaws.getFirst().reason(),
                        flaws);
    }
}
