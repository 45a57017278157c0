package dev.tidings.model.naming;

import dev.tidings.model.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What would make the name of an event type easier to understand: the same advice for the author of a catalog
/// and for programs. Pure.
public final class TypeNaming {
    private static final Set<String> OF_PROGRAMS = Set.of("dto", "entity", "event", "payload", "pojo", "row");
    private static final Set<String> OF_DATABASES = Set.of("inserted", "persisted", "upserted");

    private TypeNaming() {}

    /// A sentence for each thing that is unusual; empty where there is nothing to say.
    public static List<String> advice(EventType type) {
        List<String> segments = type.segments();
        List<String> advice = new ArrayList<>();
        if (segments.size() != 4) {
            advice.add("the name has " + segments.size() + " segments; name types Organization.System.Entity.Action, as"
                    + " Shop.Web.Order.Placed");
        }
        String action = segments.get(segments.size() - 1);
        if (!PastTense.of(action)) {
            advice.add("the action '" + action + "' is not in the past tense; an event says what has"
                    + " happened: Placed rather than Place, Sent rather than Send");
        }
        if (isOf(action, OF_DATABASES)) {
            advice.add("the action '" + action + "' is a word of databases; say what has happened in the domain:"
                    + " Registered rather than Inserted");
        }
        if (segments.size() > 1) {
            adviceOnEntity(segments.get(segments.size() - 2), advice);
        }
        return advice;
    }

    private static void adviceOnEntity(String entity, List<String> advice) {
        if (isOf(entity, OF_PROGRAMS)) {
            advice.add("the entity '" + entity + "' has a word of programs; name what the domain calls it: Order"
                    + " rather than OrderEntity or OrderEvent");
        }
    }

    private static boolean isOf(String segment, Set<String> words) {
        return !Collections.disjoint(Words.of(segment), words);
    }
}
