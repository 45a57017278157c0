package dev.tidings.server.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Fetches a key set over HTTP. Follows no redirects; waits 5 s at most for the answer to begin; reads 1 MiB at
/// most.
public final class HttpKeySetSource implements KeySetSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 20;

    private final HttpClient client;
    private final URI address;

    public HttpKeySetSource(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    @Override
    public String fetch() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response.statusCode(), body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching " + address);
        }
    }

    private String read(int status, InputStream body) throws IOException {
        if (status != 200) {
            throw new IOException(address + " answered " + status + " instead of 200");
        }
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException(address + " answered more than " + MOST_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
