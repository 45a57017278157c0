package dev.tidings.server.auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Verified tokens by the SHA-256 of their text, until they expire or the signing keys change. Holds a bounded
/// number, the least recently used go first. May be used by any thread.
final class TokenCache {
    private final Map<Digest, Remembered> entries;

    TokenCache(int capacity) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Remembered> eldest) {
                return size() > capacity;
            }
        };
    }

    /// The subject of the token, or null where it must be verified.
    synchronized @Nullable String subject(Digest token, Instant now, long edition) {
        Remembered entry = entries.get(token);
        if (entry == null) {
            return null;
        }
        if (entry.edition != edition || !now.isBefore(entry.token.until())) {
            entries.remove(token);
            return null;
        }
        return entry.token.subject();
    }

    synchronized void put(Digest digest, VerifiedToken token, long edition) {
        entries.put(digest, new Remembered(token, edition));
    }

    private record Remembered(VerifiedToken token, long edition) {}
}
