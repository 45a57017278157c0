package dev.tidings.broker.dead;

import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// What an error handler gets: of its client's dead events, those of some groups that nobody has settled.
///
/// @param groups the names of the groups, or [#ALL]
public record ErrorsOf(Engine engine, ClientName client, Set<String> groups) {
    /// Stands for all groups of the client.
    public static final String ALL = "*";
    /// How many groups a handler may name.
    public static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("\\*|~?[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /// Whether this may stand for a group, or all groups. Also groups that no client gets into have dead events.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether it is for the handler.
    ///
    /// @param stored an event of [LaneStreams#dead]
    public boolean concerns(StoredEvent stored) {
        DeadEnvelope envelope = DeadEnvelope.of(stored);
        return envelope.matched()
                && (groups.contains(ALL)
                        || groups.contains(envelope.report().group().name()))
                && !isSettled(stored.position());
    }

    /// The event as it was reported, with what the handler has to know of its death.
    ///
    /// @param stored one that [#concerns] the handler
    public Bytes delivered(StoredEvent stored) {
        DeadEnvelope envelope = DeadEnvelope.of(stored);
        DeadReport report = envelope.report();
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put("deadid", new DeadId(client, stored.position()));
        marks.put("deadgroup", report.group().name());
        marks.put("deadreason", report.reason());
        if (report.detail() != null) {
            marks.put("deaddetail", report.detail());
        }
        marks.put("deadattempts", report.attempts());
        marks.put("deadsince", Instant.ofEpochMilli(stored.acceptedMillis()));
        Bytes reported = envelope.reported();
        Bytes event = reported != null && isObject(reported)
                ? reported
                : Objects.requireNonNull(envelope.original()).json();
        return Marks.on(event, marks);
    }

    /// A report is whatever the consumer sent.
    private static boolean isObject(Bytes json) {
        return json.toUtf8().stripLeading().startsWith("{");
    }

    private boolean isSettled(long position) {
        Partition lane = Partition.only(LaneStreams.dead(client));
        return engine.groups()
                .cursors(LaneStreams.deadCursor(client))
                .getOrDefault(lane, Cursor.at(0))
                .isSettled(position);
    }
}
