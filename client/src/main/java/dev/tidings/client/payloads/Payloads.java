package dev.tidings.client.payloads;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Stores and fetches payloads that are too large for events, some megabytes at a time: where a connection breaks,
/// what has arrived need not be sent again. Waits for the broker in the caller's thread. May be used by any thread.
///
/// Beside what is declared, each throws [dev.tidings.client.RefusedException] where the broker refuses, and
/// [dev.tidings.client.UnavailableException] where nothing has passed for about ten seconds.
public interface Payloads {
    /// Stores a file. It survives a power cut of the broker then, and stays for as long as an event refers to it;
    /// without one, for a day.
    ///
    /// @param type        of the events that will refer to it: who may produce these may store it, who may consume
    ///                    them fetch it
    /// @param contentType its media type
    /// @throws IOException          where the file can't be read
    /// @throws InterruptedException where the thread was, while it waited; nothing is stored then
    StoredPayload store(String type, String contentType, Path file) throws IOException, InterruptedException;

    /// The same with what a stream holds; it is not closed.
    ///
    /// @param size how many bytes are read
    /// @throws java.io.EOFException where the stream has fewer
    StoredPayload store(String type, String contentType, InputStream content, long size)
            throws IOException, InterruptedException;

    /// Fetches a payload into a file, which is there once it is whole and as it was stored, and else as it was
    /// before.
    ///
    /// @param dataref what an event says, see [#dataref]
    /// @throws IllegalArgumentException where it leads elsewhere than to payloads of a broker: fetch it otherwise
    /// @throws PayloadDamagedException  where it is not what was stored
    /// @throws IOException              where the file can't be written
    FetchedPayload fetch(URI dataref, Path file) throws IOException, InterruptedException;

    /// Begins to fetch a payload.
    ///
    /// @throws IllegalArgumentException where it leads elsewhere than to payloads of a broker: fetch it otherwise
    PayloadStream open(URI dataref) throws IOException, InterruptedException;

    /// What an event refers to; empty: nothing.
    static Optional<URI> dataref(CloudEvent event) {
        return Optional.ofNullable(event.getExtension("dataref")).map(reference -> URI.create(reference.toString()));
    }
}
