package dev.tidings.server.auth;

import dev.tidings.model.Caller;
import dev.tidings.model.Refusal;

/// Who a caller turned out to be.
public sealed interface Authentication {
    record Known(Caller caller) implements Authentication {}

    /// Nobody we know; the answer is a 401 with `WWW-Authenticate`.
    record Unknown(Refusal refusal) implements Authentication {}
}
