package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.DurationText;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A text message from a consumer over WebSocket. [CloudEvents#message] reads it.
public sealed interface ClientMessage {
    /// `confirm:<offset>`: everything up to and including this offset, from 1, is confirmed.
    record Confirm(long offset) implements ClientMessage {}

    /// `dead:<event as JSON>`.
    record Dead(ReportedEvent event) implements ClientMessage {}

    /// `release:<offset>` or `release:<offset>:<delay>`: this one event is given back.
    ///
    /// @param delay null: as the instance was opened
    record Release(long offset, @Nullable Duration delay) implements ClientMessage {}

    /// Anything else. The reason is short enough for a close frame (at most 123 bytes).
    record Invalid(String reason) implements ClientMessage {}

    /// The text of a confirmation, for clients.
    static String confirm(long offset) {
        return "confirm:" + offset;
    }

    /// The text of a release, for clients.
    ///
    /// @param delay null: as the instance was opened
    static String release(long offset, @Nullable Duration delay) {
        return "release:" + offset + (delay == null ? "" : ":" + DurationText.print(delay));
    }

    /// The text of a report, for clients.
    static String dead(Bytes event) {
        return "dead:" + event.toUtf8();
    }
}
