package dev.tidings.callback.sink;

import dev.tidings.model.Bytes;
import java.util.List;

/// One request to a sink.
public record SinkRequest(Method method, List<Header> headers, Bytes body) {
    public SinkRequest {
        headers = List.copyOf(headers);
    }

    public enum Method {
        POST,
        OPTIONS
    }

    public record Header(String name, String value) {}

    /// Nothing of the headers, which hold credentials.
    @Override
    public String toString() {
        return method + " with " + body.length() + " bytes";
    }
}
