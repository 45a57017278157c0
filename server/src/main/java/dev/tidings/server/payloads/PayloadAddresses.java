package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.server.http.Operation;
import java.util.function.Supplier;

/// The addresses of payloads and uploads.
///
/// @param base where clients reach this server, without a slash at its end; known once it listens
public record PayloadAddresses(Supplier<String> base) {
    String payload(PayloadId id) {
        return base.get() + Operation.PAYLOADS + "/" + id;
    }

    String upload(PayloadId id) {
        return base.get() + Operation.UPLOAD.replace("{upload}", id.value());
    }
}
