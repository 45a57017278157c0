package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event in the binary mode of the HTTP binding: its attributes in `ce-*` headers, its payload as the body.
///
/// @param contentType the `Content-Type`; null where there is none
/// @param headers     names with their `ce-` and values as they stand in HTTP, percent-encoded; headers whose
///                    name does not begin with `ce-` are passed over when read
/// @param body        the payload
public record BinaryMessage(@Nullable String contentType, List<Header> headers, Bytes body) {
    /// How the name of each header that holds an attribute begins.
    public static final String PREFIX = "ce-";

    public BinaryMessage {
        headers = List.copyOf(headers);
    }

    public record Header(String name, String value) {}
}
