package dev.tidings.client.payloads;

import java.net.URI;
import java.time.Instant;

/// A payload that the broker has.
///
/// @param dataref     what events are to refer to it by, see [dev.tidings.client.EventBuilder#dataref]
/// @param type        of these events
/// @param contentType its media type
/// @param size        how many bytes it has
/// @param sha256      its SHA-256, in hexadecimal digits
/// @param expires     when it goes if no event refers to it by then
public record StoredPayload(URI dataref, String type, String contentType, long size, String sha256, Instant expires) {}
