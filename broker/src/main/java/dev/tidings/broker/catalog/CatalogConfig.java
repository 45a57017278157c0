package dev.tidings.broker.catalog;

import dev.tidings.model.DataSize;

/// How the catalog is kept.
///
/// @param access       who may come in
/// @param keptVersions how many versions the history tells
/// @param keptText     how much of their text is kept, compressed; the version in force always is
public record CatalogConfig(Access access, int keptVersions, DataSize keptText) {
    public static final CatalogConfig DEFAULT = new CatalogConfig(Access.CLIENTS, 100, DataSize.ofMebibytes(16));

    /// Who may come in.
    public enum Access {
        /// The clients of the catalog.
        CLIENTS,
        /// Everybody, as the [Guest]; only for an insecure server.
        EVERYBODY
    }

    public CatalogConfig {
        if (keptVersions < 1) {
            throw new IllegalArgumentException("at least 1 version of the catalog is kept, not " + keptVersions);
        }
    }

    public CatalogConfig withAccess(Access other) {
        return new CatalogConfig(other, keptVersions, keptText);
    }
}
