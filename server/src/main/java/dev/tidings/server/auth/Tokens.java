package dev.tidings.server.auth;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Tells whose a JSON Web Token is. A token seen before is answered at once; verifying a new one costs a signature
/// check, and perhaps a fetch of keys, so that happens on the executor.
public final class Tokens {
    private final TokenVerifier verifier;
    private final SigningKeys keys;
    private final TokenCache cache;
    private final InstantSource clock;
    private final Executor executor;

    /// The executor's threads may block.
    public Tokens(IssuerConfig config, KeySetSource source, InstantSource clock, Executor executor) {
        this.keys = new SigningKeys(config, source, clock);
        this.verifier = new TokenVerifier(config, keys, clock);
        this.cache = new TokenCache(config.cachedTokens());
        this.clock = clock;
        this.executor = executor;
    }

    /// The subject, or null where the token is not good.
    CompletionStage<@Nullable String> subject(String token, Digest digest) {
        String known = cache.subject(digest, clock.instant(), keys.edition());
        return known != null
                ? CompletableFuture.completedStage(known)
                : CompletableFuture.supplyAsync(() -> verify(token, digest), executor);
    }

    private @Nullable String verify(String token, Digest digest) {
        long edition = keys.edition();
        VerifiedToken verified = verifier.verify(token);
        if (verified == null) {
            return null;
        }
        if (keys.edition() == edition) {
            cache.put(digest, verified, edition);
        }
        return verified.subject();
    }
}
