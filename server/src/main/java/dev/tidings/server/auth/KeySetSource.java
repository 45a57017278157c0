package dev.tidings.server.auth;

import java.io.IOException;

/// Where an issuer's JSON Web Key Set comes from: a file, or [HttpKeySetSource]. Called on a thread that may block.
@FunctionalInterface
public interface KeySetSource {
    /// The key set as JSON.
    String fetch() throws IOException;
}
