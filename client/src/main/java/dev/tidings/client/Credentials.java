package dev.tidings.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// How the program proves who it is.
public sealed interface Credentials {
    /// No proof: for brokers that were started with `--insecure`.
    static Credentials none() {
        return new Bearer(() -> "");
    }

    /// A key that the catalog knows.
    static Credentials apiKey(String key) {
        return new Bearer(() -> key);
    }

    /// A token of an issuer that the broker trusts.
    ///
    /// @param current asked for each request, by any thread; it renews the token in time
    static Credentials token(Supplier<String> current) {
        return new Bearer(current);
    }

    /// A client certificate, or authorities to trust beside those of the JDK, or both.
    static Credentials certificate(SSLContext context) {
        return new Certificate(context);
    }

    /// Adds the proof to connections.
    void prepare(HttpClient.Builder client);

    /// Adds the proof to a request.
    void prepare(HttpRequest.Builder request);

    /// Adds the proof to the handshake of a WebSocket.
    void prepare(WebSocket.Builder handshake);

    /// @param current the text behind `Bearer`; empty: none
    record Bearer(Supplier<String> current) implements Credentials {
        @Override
        public void prepare(HttpClient.Builder client) {}

        @Override
        public void prepare(HttpRequest.Builder request) {
            String token = current.get();
            if (!token.isEmpty()) {
                request.setHeader("authorization", "Bearer " + token);
            }
        }

        @Override
        public void prepare(WebSocket.Builder handshake) {
            String token = current.get();
            if (!token.isEmpty()) {
                handshake.header("authorization", "Bearer " + token);
            }
        }

        /// Nothing of the secret.
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    record Certificate(SSLContext context) implements Credentials {
        @Override
        public void prepare(HttpClient.Builder client) {
            client.sslContext(context);
        }

        @Override
        public void prepare(HttpRequest.Builder request) {}

        @Override
        public void prepare(WebSocket.Builder handshake) {}
    }
}
