package dev.tidings.broker.subscriptions;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where events go, and in what form.
///
/// @param uri        an absolute `http` or `https` address, without user or fragment
/// @param mode       how a request holds events
/// @param headers    what each request has in its head besides
/// @param handshake  whether the sink is asked before it gets anything
/// @param trusted    certificates of the authorities that vouch for the sink, in PEM; null: those of the system
/// @param credential null: none
/// @param signing    what requests are signed with, the newest first
public record Sink(
        URI uri,
        Mode mode,
        Map<String, String> headers,
        Handshake handshake,
        @Nullable String trusted,
        @Nullable Credential credential,
        List<SigningSecret> signing) {
    public Sink {
        headers = Map.copyOf(headers);
        signing = List.copyOf(signing);
    }

    /// Whether what it would prove who calls with is worth nothing any more.
    public boolean isCredentialOver(Instant now) {
        return credential instanceof Credential.AccessToken token
                && token.expires() != null
                && !now.isBefore(token.expires());
    }

    Sink with(List<SigningSecret> newSigning) {
        return new Sink(uri, mode, headers, handshake, trusted, credential, newSigning);
    }

    /// How a request holds events (CloudEvents HTTP binding).
    public enum Mode {
        BINARY,
        STRUCTURED,
        /// Several at once: all are confirmed by one answer, or none.
        BATCH
    }

    /// Whether a sink has to say that it wants to be called (CloudEvents HTTP 1.1 Web Hooks, 4.1).
    public enum Handshake {
        REQUIRED,
        NONE
    }
}
