package dev.tidings.model;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong with one event of a request.
///
/// @param index   the event's place in the request, from 0
/// @param id      the event's `id`, where it has one
/// @param pointer an RFC 6901 JSON pointer into the event, from its root; `""` means the whole event
/// @param reason  what was expected, what was found, what to do
public record Flaw(int index, @Nullable String id, String pointer, String reason) {
    /// How many flaws one answer tells at most.
    public static final int MAX_TOLD = 100;
}
