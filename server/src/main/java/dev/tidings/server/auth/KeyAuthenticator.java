package dev.tidings.server.auth;

import dev.tidings.broker.catalog.Guest;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Lets in whoever has the key: `Bearer KEY` is the [Guest], who may do everything, and `Bearer KEY/shop` the
/// client `shop`. Others prove themselves as usual. For a broker inside another program, which knows the key.
public final class KeyAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer ";

    private final byte[] key;
    private final Authenticator others;

    /// @param key without `/`
    public KeyAuthenticator(String key, Authenticator others) {
        this.key = bytes(key);
        this.others = others;
    }

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
        String header = credentials.authorization();
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? holder(header.substring(SCHEME.length()).strip())
                        .<CompletionStage<Authentication>>map(client ->
                                CompletableFuture.completedStage(new Authentication.Known(new Caller(client))))
                        .orElseGet(() -> others.authenticate(credentials))
                : others.authenticate(credentials);
    }

    private Optional<ClientName> holder(String text) {
        int slash = text.indexOf('/');
        String proof = slash < 0 ? text : text.substring(0, slash);
        if (!MessageDigest.isEqual(key, bytes(proof))) {
            return Optional.empty();
        }
        return slash < 0 ? Optional.of(Guest.NAME) : ClientName.parse(text.substring(slash + 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
