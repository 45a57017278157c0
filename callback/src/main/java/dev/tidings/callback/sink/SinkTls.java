package dev.tidings.callback.sink;

import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.Sink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;

/// How a sink proves who it is, and the broker to it.
final class SinkTls {
    private SinkTls() {}

    /// TLS 1.2 or 1.3, for the name that is in the sink's address, by the authorities that its subscription names or
    /// those of the system.
    static HttpClientOptions applied(HttpClientOptions options, Sink sink) {
        options.setVerifyHost(true)
                .setTrustAll(false)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        String authorities = sink.trusted();
        if (authorities != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
        }
        if (sink.credential() instanceof Credential.Certificate(String chain, var key)) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertValue(Buffer.buffer(chain)).addKeyValue(Buffer.buffer(key.text())));
        }
        return options;
    }
}
