package dev.tidings.broker.lanes;

import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.Optional;

/// The names of the broker's own streams. Lanes are streams like others, so they are durable, ordered and kept by
/// the same rules; no event type leads to one.
public final class LaneStreams {
    private static final String TEST = "~test.";
    private static final String DEAD = "~dead.";

    private LaneStreams() {}

    /// The client's test events.
    public static StreamName test(ClientName client) {
        return new StreamName(TEST + client);
    }

    /// The client's dead events, each an envelope with the report and the original.
    public static StreamName dead(ClientName client) {
        return new StreamName(DEAD + client);
    }

    /// Whether the stream holds dead events, of whichever client.
    public static boolean isDead(StreamName stream) {
        return stream.value().startsWith(DEAD);
    }

    /// The client whose dead events this stream holds, or nothing where it is another stream.
    public static Optional<ClientName> clientOfDead(StreamName stream) {
        return isDead(stream) ? ClientName.parse(stream.value().substring(DEAD.length())) : Optional.empty();
    }

    /// The client whose test events this stream holds, or nothing where it is another stream.
    public static Optional<ClientName> clientOfTest(StreamName stream) {
        return stream.value().startsWith(TEST)
                ? ClientName.parse(stream.value().substring(TEST.length()))
                : Optional.empty();
    }

    /// Dead events that were mended and given back to one group, which reads this stream besides its others.
    public static StreamName resubmitted(GroupName group) {
        return new StreamName("~again." + group.client() + "~" + group.name());
    }

    /// The cursor under which the settled events of the client's test lane are kept.
    public static GroupName testCursor(ClientName client) {
        return new GroupName(client, "~test");
    }

    /// The cursor under which the settled events of the client's dead lane are kept.
    public static GroupName deadCursor(ClientName client) {
        return new GroupName(client, "~dead");
    }
}
