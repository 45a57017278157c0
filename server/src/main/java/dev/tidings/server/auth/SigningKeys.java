package dev.tidings.server.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issuer's public keys, fetched when they are first needed, when they are old, and when a token names a key
/// that is not among them; never more often than the configured gap, and never twice at once. Keys once fetched
/// stay in force while the issuer cannot be reached. Its methods may block.
final class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final int MOST_CANDIDATES = 8;

    private final IssuerConfig config;
    private final KeySetSource source;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Loaded loaded = new Loaded(new JWKSet(), Instant.MIN, 0, 0);
    private Instant attempted = Instant.MIN;

    SigningKeys(IssuerConfig config, KeySetSource source, InstantSource clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
    }

    /// The keys that may have signed a token with this header.
    List<JWK> candidates(JWSHeader header) {
        Loaded before = loaded;
        if (old(before)) {
            fetchInsteadOf(before);
        }
        List<JWK> found = matching(header);
        if (found.isEmpty()) {
            fetchInsteadOf(before);
            found = matching(header);
        }
        return found;
    }

    /// Changes whenever the keys do: what was verified under another edition must be verified again.
    long edition() {
        return loaded.edition;
    }

    private boolean old(Loaded keys) {
        return keys.at.equals(Instant.MIN) || clock.instant().isAfter(keys.at.plus(config.refresh()));
    }

    private List<JWK> matching(JWSHeader header) {
        List<JWK> keys = new JWKSelector(JWKMatcher.forJWSHeader(header)).select(loaded.keys);
        return keys.size() <= MOST_CANDIDATES ? keys : keys.subList(0, MOST_CANDIDATES);
    }

    /// Fetches, unless another thread has replaced `seen` meanwhile or the gap forbids it.
    private void fetchInsteadOf(Loaded seen) {
        fetching.lock();
        try {
            Instant now = clock.instant();
            boolean tooSoon = !attempted.equals(Instant.MIN) && now.isBefore(attempted.plus(config.gap()));
            if (loaded.fetch == seen.fetch && !tooSoon) {
                attempted = now;
                fetch(now);
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch(Instant now) {
        try {
            JWKSet fetched = JWKSet.parse(source.fetch()).toPublicJWKSet();
            Loaded before = loaded;
            boolean same = fetched.getKeys().equals(before.keys.getKeys());
            loaded = new Loaded(fetched, now, before.fetch + 1, same ? before.edition : before.edition + 1);
            log.info("fetched {} signing keys of {}", fetched.size(), config.issuer());
        } catch (IOException | ParseException e) {
            log.warn(
                    "the signing keys of {} could not be fetched, {} keys stay in force: {}",
                    config.issuer(),
                    loaded.keys.size(),
                    e.toString());
        }
    }

    /// @param fetch   counts the fetches
    /// @param edition counts the fetches that brought other keys
    private record Loaded(JWKSet keys, Instant at, long fetch, long edition) {}
}
