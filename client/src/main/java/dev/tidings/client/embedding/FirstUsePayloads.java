package dev.tidings.client.embedding;

import dev.tidings.client.payloads.FetchedPayload;
import dev.tidings.client.payloads.PayloadStream;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.payloads.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Payloads of a broker at which each type exists from its first use, and to store something is one.
///
/// @param payloads of the broker
/// @param types    is told what is used, before it is
public record FirstUsePayloads(Payloads payloads, Consumer<Collection<String>> types) implements Payloads {
    @Override
    public StoredPayload store(String type, String contentType, Path file) throws IOException, InterruptedException {
        types.accept(List.of(type));
        return payloads.store(type, contentType, file);
    }

    @Override
    public StoredPayload store(String type, String contentType, InputStream content, long size)
            throws IOException, InterruptedException {
        types.accept(List.of(type));
        return payloads.store(type, contentType, content, size);
    }

    @Override
    public FetchedPayload fetch(URI dataref, Path file) throws IOException, InterruptedException {
        return payloads.fetch(dataref, file);
    }

    @Override
    public PayloadStream open(URI dataref) throws IOException, InterruptedException {
        return payloads.open(dataref);
    }
}
