package dev.tidings.client.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The query of an address, as it is put together. Belongs to one thread.
public final class Parameters {
    private final StringBuilder text = new StringBuilder();

    /// One more.
    ///
    /// @param value null: it is left out
    public Parameters put(String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.length() == 0 ? "" : "&").append(name).append('=').append(encoded(value.toString()));
        }
        return this;
    }

    /// A value as it may stand in an address.
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// Encoded, without a question mark.
    @Override
    public String toString() {
        return text.toString();
    }
}
