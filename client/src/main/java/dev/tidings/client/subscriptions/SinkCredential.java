package dev.tidings.client.subscriptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the broker proves to a sink who calls, beside its signature. Kept sealed by the broker, and shown to nobody.
public sealed interface SinkCredential {
    /// A name and a password, by HTTP Basic.
    record Plain(String identifier, String secret) implements SinkCredential {
        /// Without the secret.
        @Override
        public String toString() {
            return "Plain[" + identifier + "]";
        }
    }

    /// A token, as a bearer. It is not refreshed: put a new one in its place in time.
    ///
    /// @param expires null: never
    record AccessToken(String token, @Nullable Instant expires) implements SinkCredential {
        /// Without the token.
        @Override
        public String toString() {
            return "AccessToken[" + expires + "]";
        }
    }

    /// A certificate, shown as TLS does.
    ///
    /// @param chain in PEM
    /// @param key   in PEM (PKCS#8)
    record Certificate(String chain, String key) implements SinkCredential {
        /// Without the key.
        @Override
        public String toString() {
            return "Certificate[]";
        }
    }
}
