package dev.tidings.server.auth;

import java.util.concurrent.CompletionStage;

/// Tells who is calling. May be used by any thread, and blocks none: what must wait for somebody else (the keys of
/// an issuer) completes later, on any thread.
@FunctionalInterface
public interface Authenticator {
    /// Completes with who it is, or why that is unknown; never exceptionally.
    CompletionStage<Authentication> authenticate(Credentials credentials);
}
