package dev.tidings.server.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one OIDC issuer whose tokens are accepted. Without an issuer, none are.
///
/// @param issuer       what `iss` must be, to the letter
/// @param audience     what `aud` must contain
/// @param keys         where the issuer's JSON Web Key Set is: `https://…`, or a file
/// @param algorithms   the signature algorithms accepted; asymmetric ones only
/// @param skew         how far clocks may differ for `exp` and `nbf`
/// @param refresh      how old the issuer's keys may grow before they are fetched again
/// @param gap          the least time between two fetches, however many unknown keys are named
/// @param cachedTokens how many verified tokens are remembered
public record IssuerConfig(
        @Nullable String issuer,
        String audience,
        @Nullable URI keys,
        List<String> algorithms,
        Duration skew,
        Duration refresh,
        Duration gap,
        int cachedTokens) {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    public static final IssuerConfig DEFAULT = new IssuerConfig(
            null,
            "tidings",
            null,
            List.of("RS256", "PS256", "ES256"),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            10_000);

    public IssuerConfig {
        algorithms = List.copyOf(algorithms);
        require((issuer == null) == (keys == null), "issuer and keys go together");
        require(issuer == null || !issuer.isBlank() && !audience.isBlank(), "issuer and audience are not blank");
        require(
                !algorithms.isEmpty() && JWSAlgorithm.Family.SIGNATURE.containsAll(parsed(algorithms)),
                "algorithms are asymmetric signatures such as RS256, PS256 or ES256, not " + algorithms);
        require(
                !skew.isNegative() && skew.compareTo(Duration.ofMinutes(5)) <= 0,
                "skew is 0 to 5 minutes, not " + skew);
        require(gap.isPositive() && refresh.compareTo(gap) >= 0, "gap is positive, and no longer than refresh");
        require(
                keys == null || !"http".equals(keys.getScheme()) || LOOPBACK.contains(keys.getHost()),
                "keys is https://…, or a file; over http:// anybody on the way could put keys of his own in");
        require(cachedTokens >= 1, "cached-tokens is at least 1");
    }

    /// This issuer, by the defaults.
    public static IssuerConfig of(String issuer, String audience, URI keys) {
        return new IssuerConfig(
                issuer,
                audience,
                keys,
                DEFAULT.algorithms,
                DEFAULT.skew,
                DEFAULT.refresh,
                DEFAULT.gap,
                DEFAULT.cachedTokens);
    }

    Set<JWSAlgorithm> pinned() {
        return parsed(algorithms);
    }

    private static Set<JWSAlgorithm> parsed(List<String> names) {
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
