package dev.tidings.it;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may call, and what the catalog of [#CATALOG] lets them do: the oracle of [AuthorisationTableTest].
@SuppressWarnings("ImmutableEnumChecker") // of immutable sets
enum Identity {
    NO_CREDENTIAL(null, false, Rights.NONE),
    WRONG_KEY("not-a-key", false, Rights.NONE),
    WRONG_KEY_ALMOST("sho", false, Rights.NONE),
    UNSIGNED_TOKEN("eyJhbGciOiJub25lIn0.eyJzdWIiOiJzaG9wIn0.", false, Rights.NONE),
    REVOKED("gone", false, Rights.NONE),
    NOBODY("nobody", true, Rights.NONE),
    PRODUCER("shop", true, new Rights(Set.of(Shop.PLACED), Set.of(Shop.SOURCE), Set.of(), false)),
    CONSUMER("desk", true, new Rights(Set.of(), Set.of(), Set.of(Shop.PLACED, Shop.PAID), false)),
    BOTH("till", true, new Rights(Set.of(Shop.PAID), Set.of("/shop/till"), Set.of(Shop.PACKED), false)),
    ADMIN("admin", true, new Rights(Set.of(), Set.of(), Set.of(), true));

    static final CatalogText CATALOG = CatalogText.EMPTY
            .type(Shop.PLACED)
            .type(Shop.PAID)
            .type(Shop.PACKED)
            .client("nobody", "description: Somebody without rights.")
            .client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }")
            .client("desk", "consumes: { types: [" + Shop.PLACED + ", " + Shop.PAID + "] }")
            .client(
                    "till",
                    "produces: { sources: [/shop/till], types: [" + Shop.PAID + "] }",
                    "consumes: { types: [" + Shop.PACKED + "] }")
            .client("admin", "admin: true");

    private final @Nullable String key;
    private final boolean known;
    private final Rights rights;

    Identity(@Nullable String key, boolean known, Rights rights) {
        this.key = key;
        this.known = known;
        this.rights = rights;
    }

    /// What a client may do.
    record Rights(Set<String> produces, Set<String> sources, Set<String> consumes, boolean admin) {
        static final Rights NONE = new Rights(Set.of(), Set.of(), Set.of(), false);
    }

    @Nullable
    String key() {
        return key;
    }

    boolean known() {
        return known;
    }

    boolean consumes() {
        return !rights.consumes.isEmpty();
    }

    boolean admin() {
        return rights.admin;
    }

    boolean consumes(String type) {
        return rights.consumes.contains(type);
    }

    /// Whether it may produce all of these types from that source.
    boolean produces(List<String> types, String source) {
        return rights.produces.containsAll(types) && rights.sources.contains(source);
    }
}
