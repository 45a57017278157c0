package dev.tidings.broker.consuming;

import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.ReportedEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Looks for the oldest unconfirmed event with a source and an id among what an instance holds, by reading it
/// again, one after the other, a few in each turn.
final class DeadSearch {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int EVENTS_A_TURN = 64;

    private final Session session;
    private final @Nullable String source;
    private final @Nullable String id;
    private final CompletableFuture<@Nullable Long> found = new CompletableFuture<>();
    private long offset;
    private int looked;

    DeadSearch(Session session, ReportedEvent reported) {
        this.session = session;
        this.source = reported.source();
        this.id = reported.id();
        this.offset = session.ledger().firstOpen();
    }

    /// The offset of the event; empty where there is none.
    CompletionStage<@Nullable Long> offset() {
        if (source == null || id == null) {
            found.complete(null);
        } else {
            look();
        }
        return found;
    }

    private void look() {
        Ledger ledger = session.ledger();
        long last = session.handedOut();
        while (offset <= last && ledger.held(offset) == null) {
            offset++;
        }
        Held held = ledger.held(offset);
        if (session.hasEnded() || offset > last || held == null) {
            found.complete(null);
            return;
        }
        var _ = Fetched.of(session, held).whenComplete((event, _) -> {
            if (event != null && matches(held, event)) {
                found.complete(offset);
            } else {
                goOn();
            }
        });
    }

    private void goOn() {
        offset++;
        if (++looked % EVENTS_A_TURN == 0) {
            session.later(this::look);
        } else {
            look();
        }
    }

    private boolean matches(Held held, StoredEvent event) {
        Bytes json = session.isEnveloped(held) ? DeadEnvelope.of(event).delivered() : event.json();
        String foundSource = null;
        String foundId = null;
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), json.array(), json.offset(), json.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && "source".equals(name)) {
                    foundSource = parser.getString();
                } else if (value == JsonToken.VALUE_STRING && "id".equals(name)) {
                    foundId = parser.getString();
                } else {
                    parser.skipChildren();
                }
                if (foundSource != null && foundId != null) {
                    break;
                }
            }
        } catch (JacksonException e) {
            return false;
        }
        return source != null && source.equals(foundSource) && id != null && id.equals(foundId);
    }
}
