package dev.tidings.client.payloads;

import java.io.InputStream;

/// The bytes of a payload, as they come. At its end it is known whether they are what was stored: until `read` has
/// returned -1, they may not be, and where they are not it throws [PayloadDamagedException] instead. Belongs to one
/// thread.
public abstract class PayloadStream extends InputStream {
    /// Made by [Payloads#open].
    protected PayloadStream() {}

    /// What is known of it before it is read.
    public abstract FetchedPayload payload();
}
