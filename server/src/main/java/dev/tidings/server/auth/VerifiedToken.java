package dev.tidings.server.auth;

import java.time.Instant;

/// A token whose signature and claims were found good, and until when they are.
record VerifiedToken(String subject, Instant until) {}
