package dev.tidings.broker.publishing;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.ProducerRole;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Flaw;
import dev.tidings.model.NearestName;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds every reason for which a submission is refused, of the first class that has one.
final class Reasons {
    private final Map<EventType, TypeRule> types;
    private final Submission submission;

    private Reasons(Map<EventType, TypeRule> types, Submission submission) {
        this.types = types;
        this.submission = submission;
    }

    /// Why this submission, which is not admitted, is not.
    static Refusal of(Map<EventType, TypeRule> types, Caller caller, @Nullable ClientEntry client, Submission refused) {
        Reasons reasons = new Reasons(types, refused);
        ProducerRole role = client == null ? null : client.produces();
        Refusal first = reasons.size(role == null ? Set.of() : role.types());
        first = first == null && role == null ? noRole(caller, "producer", "produces") : first;
        first = first == null ? reasons.attributes() : first;
        first = first == null && role != null ? reasons.rights(role) : first;
        return Objects.requireNonNull(first, "a submission is refused for no reason");
    }

    /// Why this test event is not admitted; null where nothing speaks against it.
    static @Nullable Refusal ofTest(
            Map<EventType, TypeRule> types, Caller caller, @Nullable ConsumerRole role, Submission test) {
        Reasons reasons = new Reasons(types, test);
        Refusal first = reasons.size(role == null ? Set.of() : role.types().keySet());
        if (first != null) {
            return first;
        }
        if (role == null) {
            return noRole(caller, "consumer", "consumes");
        }
        first = reasons.attributes();
        if (first == null && test.events().size() != 1) {
            first = Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "Expected one test event, found " + test.events().size() + "; send them one by one");
        }
        return first == null ? reasons.rights(role) : first;
    }

    /// Why this event may not be stored once more; null where nothing speaks against it.
    static @Nullable Refusal ofAgain(Map<EventType, TypeRule> types, Event event) {
        Reasons reasons = new Reasons(types, new Submission(List.of(event), List.of()));
        return types.containsKey(event.type())
                ? reasons.size(types.keySet())
                : refusal(
                        ErrorCode.MALFORMED_EVENT,
                        List.of(typeFlaw(0, event, types.keySet(), "in the catalog")),
                        " of no known type; nothing was stored");
    }

    private static Refusal noRole(Caller caller, String role, String key) {
        return Refusal.of(
                ErrorCode.NOT_ALLOWED,
                "The client '" + caller.client() + "' is no " + role + ": the catalog has no '" + key
                        + "' for it. Ask whoever keeps the catalog");
    }

    /// @param granted the types of the caller: it learns nothing of how large events of others may be
    private @Nullable Refusal size(Set<EventType> granted) {
        List<Flaw> flaws = new ArrayList<>(0);
        for (int i = 0; indexesAreKnown() && i < submission.events().size(); i++) {
            Event event = submission.events().get(i);
            TypeRule rule = types.get(event.type());
            if (rule != null && granted.contains(event.type()) && !rule.fits(event)) {
                flaws.add(new Flaw(
                        i,
                        event.id(),
                        "",
                        "expected at most " + rule.maxBytes() + " bytes of JSON for the type " + event.type()
                                + ", found " + event.json().length()
                                + "; put a large payload elsewhere and send a reference to it"));
            }
        }
        return refusal(ErrorCode.EVENT_TOO_LARGE, flaws, " too large for the type; nothing was stored");
    }

    /// Flawed events are missing among the submission's, so the places of the others cannot be told.
    private boolean indexesAreKnown() {
        return submission.flaws().isEmpty();
    }

    private @Nullable Refusal attributes() {
        return refusal(ErrorCode.MALFORMED_EVENT, submission.flaws(), " malformed; nothing was stored");
    }

    private @Nullable Refusal rights(ProducerRole role) {
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < submission.events().size() && flaws.size() < Flaw.MAX_TOLD; i++) {
            Event event = submission.events().get(i);
            if (!types.containsKey(event.type()) || !role.types().contains(event.type())) {
                flaws.add(typeFlaw(i, event, role.types(), "that this client may produce"));
            }
            if (!role.sources().allow(event.source())) {
                flaws.add(new Flaw(
                        i,
                        event.id(),
                        "/source",
                        "the source '" + event.source() + "' is not one of this client's sources"
                                + hint(event.source(), role)));
            }
        }
        return refusal(ErrorCode.NOT_ALLOWED, flaws, " not allowed to this client; nothing was stored");
    }

    private @Nullable Refusal rights(ConsumerRole role) {
        Event event = submission.events().getFirst();
        return types.containsKey(event.type()) && role.types().containsKey(event.type())
                ? null
                : refusal(
                        ErrorCode.NOT_ALLOWED,
                        List.of(typeFlaw(0, event, role.types().keySet(), "that this client may consume")),
                        " not allowed to this client; nothing was stored");
    }

    /// Says nothing of whether there is such a type that is not granted.
    private static Flaw typeFlaw(int index, Event event, Set<EventType> granted, String where) {
        String type = event.type().value();
        List<String> names = granted.stream().map(EventType::value).toList();
        return new Flaw(
                index, event.id(), "/type", "there is no type '" + type + "' " + where + NearestName.hint(type, names));
    }

    private static String hint(String source, ProducerRole role) {
        return switch (role.sources()) {
            case ClientEntry.Sources.Any _ -> "";
            case ClientEntry.Sources.Listed(var sources) -> NearestName.hint(source, sources);
        };
    }

    private static @Nullable Refusal refusal(ErrorCode code, List<Flaw> flaws, String verdict) {
        if (flaws.isEmpty()) {
            return null;
        }
        String subject = eventsIn(flaws);
        return Refusal.of(code, subject + (subject.startsWith("E") ? " is" : " are") + verdict, flaws);
    }

    /// `Event 3`, or `5 events`.
    static String eventsIn(List<Flaw> flaws) {
        Set<Integer> indexes = new HashSet<>();
        flaws.forEach(flaw -> indexes.add(flaw.index()));
        return indexes.size() == 1 ? "Event " + flaws.getFirst().index() : indexes.size() + " events";
    }
}
