package dev.tidings.it;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an attempt ends. What is expected is worked out from the protocol alone, and knows nothing of the server.
enum Outcome {
    DONE,
    UNAUTHENTICATED,
    NOT_ALLOWED,
    NO_SUCH_INSTANCE,
    NOTHING_THERE,
    /// It may, and was given nothing that it could do this to.
    NOTHING_DELIVERED;

    /// @param rights of the caller; null: it proves nothing
    static Outcome expected(Attempt attempt, @Nullable Rights rights) {
        boolean open = switch (attempt.operation()) {
            case LIVE, READY, OPENAPI -> true;
            default -> false;
        };
        if (open) {
            return DONE;
        }
        return rights == null ? UNAUTHENTICATED : ofKnown(attempt, rights);
    }

    private static Outcome ofKnown(Attempt attempt, Rights rights) {
        return switch (attempt.operation()) {
            case PRODUCE_RAW, PRODUCE_EVENT, PRODUCE_EVENTS, PRODUCE_ANY ->
                allowed(rights.produces().containsAll(attempt.types())
                        && rights.sources().contains(attempt.source()));
            case STORE_PAYLOAD, BEGIN_UPLOAD -> allowed(rights.produces().containsAll(attempt.types()));
            case FETCH_PAYLOAD, SHOW_UPLOAD, CONTINUE_UPLOAD, CANCEL_UPLOAD -> NOTHING_THERE;
            case PRODUCE_TEST_EVENT, OPEN_INSTANCE, CONSUME_WEBSOCKET ->
                allowed(isGranted(attempt.types(), rights.consumes()));
            case RELEASE -> isOwn(attempt, rights) ? NOTHING_DELIVERED : NO_SUCH_INSTANCE;
            case POLL_RAW, POLL_EVENT, POLL_EVENTS, CONFIRM, REPORT_DEAD, CLOSE_INSTANCE ->
                isOwn(attempt, rights) ? DONE : NO_SUCH_INSTANCE;
            case CREATE_SUBSCRIPTION -> allowed(isGranted(attempt.types(), rights.consumes()));
            case LIST_SUBSCRIPTIONS, LIST_GROUPS -> allowed(!rights.consumes().isEmpty());
            case SHOW_SUBSCRIPTION,
                    REPLACE_SUBSCRIPTION,
                    DELETE_SUBSCRIPTION,
                    SUBSCRIPTION_STATUS,
                    PAUSE_SUBSCRIPTION,
                    RESUME_SUBSCRIPTION,
                    ROTATE_SECRET,
                    DELETE_GROUP -> rights.consumes().isEmpty() ? NOT_ALLOWED : NOTHING_THERE;
            case LIST_STREAMS -> allowed(!rights.consumes().isEmpty());
            case READ_STREAM -> ofStream(attempt.types(), rights.consumes());
            case MY_SETTINGS, LIVE, READY, OPENAPI -> DONE;
            case READ_CATALOG,
                    APPLY_CATALOG,
                    CATALOG_HISTORY,
                    LIST_DEAD,
                    LIST_BACKUPS,
                    RESUBMIT_MANY_DEAD,
                    DISCARD_MANY_DEAD,
                    METRICS -> allowed(rights.admin());
            case SHOW_DEAD, RESUBMIT_DEAD, DISCARD_DEAD, BEGIN_BACKUP, SHOW_BACKUP ->
                rights.admin() ? NOTHING_THERE : NOT_ALLOWED;
            case LIST_OWN_DEAD -> allowed(!rights.consumes().isEmpty());
            case SHOW_OWN_DEAD, RESUBMIT_OWN_DEAD, DISCARD_OWN_DEAD ->
                rights.consumes().isEmpty() ? NOT_ALLOWED : NOTHING_THERE;
        };
    }

    private static boolean isOwn(Attempt attempt, Rights rights) {
        return attempt.instance() == Attempt.Target.OF_DESK && rights.equals(AuthorisationTest.DESK);
    }

    /// Of the stream `Shop.Web`.
    private static Outcome ofStream(Set<String> types, Set<String> consumed) {
        boolean visible = consumed.stream().anyMatch(type -> type.startsWith("Shop.Web."));
        return visible || consumed.isEmpty() ? allowed(isGranted(types, consumed)) : NOTHING_THERE;
    }

    private static boolean isGranted(Set<String> types, Set<String> consumed) {
        return !consumed.isEmpty() && consumed.containsAll(types);
    }

    private static Outcome allowed(boolean is) {
        return is ? DONE : NOT_ALLOWED;
    }

    static Outcome of(Reply reply) {
        if (reply.status() < 300) {
            return DONE;
        }
        String code = reply.json().path("type").asString();
        return switch (reply.status() + code.substring(code.lastIndexOf('/'))) {
            case "401/unauthenticated" -> UNAUTHENTICATED;
            case "401/not-allowed" -> NOT_ALLOWED;
            case "404/instance-not-found" -> NO_SUCH_INSTANCE;
            case "404/not-found" -> NOTHING_THERE;
            case "400/offset-not-delivered" -> NOTHING_DELIVERED;
            default -> throw new AssertionError("unexpected: " + reply.status() + " " + reply.text());
        };
    }
}
