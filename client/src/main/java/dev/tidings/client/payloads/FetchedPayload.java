package dev.tidings.client.payloads;

/// What is known of a payload that is fetched.
///
/// @param contentType its media type
/// @param size        how many bytes it has
/// @param sha256      its SHA-256, in hexadecimal digits
public record FetchedPayload(String contentType, long size, String sha256) {}
