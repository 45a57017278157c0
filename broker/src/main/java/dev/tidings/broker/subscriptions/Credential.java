package dev.tidings.broker.subscriptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// By what a request proves to its sink whom it comes from (`sinkcredential`; CloudEvents Subscriptions API, 3.2.3).
public sealed interface Credential {
    /// A user and a password: HTTP Basic.
    record Plain(String identifier, Secret secret) implements Credential {}

    /// A token.
    ///
    /// @param scheme  what stands before it in `Authorization`: `Bearer`
    /// @param expires when it is worth nothing any more; null: nobody said
    record AccessToken(
            String scheme, Secret token, @Nullable Instant expires) implements Credential {}

    /// A client certificate, for mutual TLS.
    ///
    /// @param chain the certificate and those that vouch for it, in PEM
    /// @param key   its private key, in PEM
    record Certificate(String chain, Secret key) implements Credential {}
}
