package dev.tidings.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each handshake the identity in force when it began. The one before stays known under its own alias, so a
/// handshake during which the identity changed still ends with the key it began with.
final class ServerKeys extends X509ExtendedKeyManager {
    private volatile Aliased current;
    private volatile @Nullable Aliased previous;

    ServerKeys(ServerIdentity identity) {
        this.current = new Aliased("identity-0", identity, 0);
    }

    /// Called by one thread at a time.
    void replace(ServerIdentity identity) {
        Aliased old = current;
        previous = old;
        current = new Aliased("identity-" + (old.number + 1), identity, old.number + 1);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Aliased now = current;
        return now.identity.key().getAlgorithm().equals(keyType) ? now.alias : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Aliased found = find(alias);
        return found == null ? null : found.identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Aliased found = find(alias);
        return found == null ? null : found.identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable Aliased find(String alias) {
        Aliased now = current;
        Aliased before = previous;
        if (now.alias.equals(alias)) {
            return now;
        }
        return before != null && before.alias.equals(alias) ? before : null;
    }

    private record Aliased(String alias, ServerIdentity identity, long number) {}
}
