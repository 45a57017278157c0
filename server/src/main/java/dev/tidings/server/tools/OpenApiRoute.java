package dev.tidings.server.tools;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Serves the description of the API.
public final class OpenApiRoute implements Route {
    private final Answer description;

    public OpenApiRoute() {
        description = Answer.of(200, "application/yaml", read());
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.answer(description);
    }

    private static Bytes read() {
        try (InputStream in = OpenApiRoute.class.getResourceAsStream("/dev/tidings/server/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml was not packed");
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
