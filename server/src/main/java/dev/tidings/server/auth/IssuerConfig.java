package dev.tidings.server.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Set;

/// The one OIDC issuer whose tokens are accepted.
///
/// @param issuer       what `iss` must be, to the letter
/// @param audience     what `aud` must contain
/// @param algorithms   the signature algorithms accepted; asymmetric ones only
/// @param skew         how far clocks may differ for `exp` and `nbf`
/// @param refreshEvery how old the issuer's keys may grow before they are fetched again
/// @param refreshGap   the least time between two fetches, however many unknown keys are named
/// @param cachedTokens how many verified tokens are remembered
public record IssuerConfig(
        String issuer,
        String audience,
        Set<JWSAlgorithm> algorithms,
        Duration skew,
        Duration refreshEvery,
        Duration refreshGap,
        int cachedTokens) {
    public static final Set<JWSAlgorithm> DEFAULT_ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    public IssuerConfig {
        algorithms = Set.copyOf(algorithms);
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("an issuer and an audience are needed to accept tokens");
        }
        if (algorithms.isEmpty() || !JWSAlgorithm.Family.SIGNATURE.containsAll(algorithms)) {
            throw new IllegalArgumentException(
                    "token algorithms are asymmetric signatures such as RS256, PS256 or ES256, not " + algorithms);
        }
        if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException("the clock skew is 0 to 5 minutes, not " + skew);
        }
        if (!refreshGap.isPositive() || refreshEvery.compareTo(refreshGap) < 0) {
            throw new IllegalArgumentException("keys are refreshed at least as seldom as the gap between fetches");
        }
        if (cachedTokens < 1) {
            throw new IllegalArgumentException("at least one token is cached, not " + cachedTokens);
        }
    }

    /// RS256, PS256 and ES256; 30 s of skew; keys fetched every 15 minutes and at most every 10 s; 10,000 tokens
    /// remembered.
    public static IssuerConfig of(String issuer, String audience) {
        return new IssuerConfig(
                issuer,
                audience,
                DEFAULT_ALGORITHMS,
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                10_000);
    }
}
