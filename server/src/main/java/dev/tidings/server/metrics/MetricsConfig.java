package dev.tidings.server.metrics;

/// What is told of the broker's figures, and to whom.
///
/// @param access who may read `/metrics`
/// @param groups how many groups have figures of their own, and how many lanes and clients; those of the rest are
///               added up under the name `other`
public record MetricsConfig(Access access, int groups) {
    public static final MetricsConfig DEFAULT = new MetricsConfig(Access.LOCAL, 1_000);

    public MetricsConfig {
        if (groups < 0) {
            throw new IllegalArgumentException("groups is not negative");
        }
    }

    /// Who may read.
    public enum Access {
        /// Whoever calls from this machine, and clients that are administrators. Behind a proxy on this machine
        /// everybody calls from this machine.
        LOCAL,
        /// Only clients that are administrators.
        ADMINS,
        /// Everybody.
        EVERYBODY
    }
}
