package dev.tidings.client;

import java.util.function.Supplier;

/// How the program proves who it is, beside the certificate that it may have ([Connecting#tls]).
public final class Credentials {
    private final Supplier<String> bearer;

    private Credentials(Supplier<String> bearer) {
        this.bearer = bearer;
    }

    /// Nothing: for brokers that were started with `--insecure`, and for programs with a certificate.
    public static Credentials none() {
        return new Credentials(() -> "");
    }

    /// A key that the catalog knows.
    public static Credentials apiKey(String key) {
        return new Credentials(() -> key);
    }

    /// A token of an issuer that the broker trusts.
    ///
    /// @param current asked for each request, by any thread; it renews the token in time
    public static Credentials token(Supplier<String> current) {
        return new Credentials(current);
    }

    /// What stands behind `Bearer`; empty: nothing.
    public String bearer() {
        return bearer.get();
    }

    /// Nothing of the secret.
    @Override
    public String toString() {
        return "credentials";
    }
}
