package dev.tidings.model;

import org.jspecify.annotations.Nullable;

/// An event as a consumer reported it dead: possibly changed, not validated. What identifies it is null where the
/// report does not say it, or not in the form of a CloudEvents attribute.
///
/// @param offset the offset at which the reporting instance received it
/// @param json   the event as JSON, without `offset`
public record ReportedEvent(
        @Nullable Long offset,
        @Nullable String source,
        @Nullable String id,
        @Nullable String type,
        Bytes json) {}
