package dev.tidings.server.auth;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// The certificate authorities whose word on a client's subject is taken.
public interface Authorities {
    /// Vouches for nobody.
    Authorities NONE = new Authorities() {
        @Override
        public boolean vouchFor(X509Certificate[] chain) {
            return false;
        }

        @Override
        public @Nullable Object edition() {
            return null;
        }
    };

    /// Whether the chain leads to one of them and is good for a client now.
    boolean vouchFor(X509Certificate[] chain);

    /// Changes when the authorities do.
    @Nullable
    Object edition();
}
