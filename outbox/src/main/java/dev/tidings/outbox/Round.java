package dev.tidings.outbox;

import dev.tidings.client.RefusedException;
import dev.tidings.client.UnavailableException;
import io.cloudevents.CloudEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One relay's turns at the outbox. Why the order of a key holds, whatever happens to whom:
///
/// Each request holds the lowest rows that its relay saw. A row disappears only once the broker has durably accepted
/// it, or it was set aside for good. So whenever a request is made, all rows lower than its last are in it, in order,
/// or with the broker, or set aside. This is true of any number of relays, however late a request arrives: what the
/// broker accepts first of each event is in order, and the rest are duplicates, which it removes. The lock spares the
/// broker these duplicates; order does not hang on it.
///
/// One thing follows: what was refused is set aside, durably, before anything behind it is sent without it.
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final Publishing broker;
    private final Relaying config;
    private final CompletableFuture<Void> givenUp;
    private int alone;

    /// @param givenUp completes when no answer is waited for any more
    Round(Publishing broker, Relaying config, CompletableFuture<Void> givenUp) {
        this.broker = broker;
        this.config = config;
        this.givenUp = givenUp;
    }

    /// Settles what can be settled with one request.
    Turn turn(Session session) throws SQLException {
        if (!session.lead()) {
            session.rollback();
            return Turn.FOLLOWED;
        }
        List<Row> rows = session.lowest(alone > 0 ? 1 : config.batch(), config.bytes());
        if (rows.isEmpty()) {
            session.rollback();
            alone = 0;
            return Turn.EMPTY;
        }
        Map<Row, RefusedException> unreadable = new LinkedHashMap<>();
        List<CloudEvent> events = new ArrayList<>();
        for (Row row : rows) {
            CloudEvent event = row.event();
            if (event == null) {
                unreadable.put(row, new RefusedException(0, "no-event", "that is no CloudEvents JSON", List.of()));
            } else {
                events.add(event);
            }
        }
        return unreadable.isEmpty() ? publish(session, rows, events) : setAside(session, unreadable);
    }

    private Turn publish(Session session, List<Row> rows, List<CloudEvent> events) throws SQLException {
        CompletableFuture<?> published = broker.publish(events);
        if (!answered(published)) {
            session.rollback(); // others may go on; what is under way does no harm to them
            LOG.warn("{} events wait: no answer of the broker within {}", rows.size(), config.patience());
            CompletableFuture.anyOf(published.handle((receipt, failure) -> true), givenUp)
                    .join();
            return Turn.AWAY;
        }
        try {
            published.join();
        } catch (CompletionException | CancellationException failure) {
            return failed(session, rows, failure.getCause() == null ? failure : failure.getCause());
        }
        session.delete(rows);
        session.commit();
        alone = Math.max(0, alone - 1);
        return Turn.SETTLED;
    }

    private boolean answered(CompletableFuture<?> published) {
        CompletableFuture<Void> tooLong = new CompletableFuture<Void>()
                .completeOnTimeout(null, config.patience().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(published.handle((receipt, failure) -> true), givenUp, tooLong)
                .join();
        return published.isDone();
    }

    private Turn failed(Session session, List<Row> rows, Throwable failure) throws SQLException {
        if (!(failure instanceof RefusedException refusal)) {
            session.rollback();
            LOG.warn("{} events wait: {}", rows.size(), reason(failure));
            return Turn.AWAY;
        }
        Verdict verdict = Verdict.of(refusal, rows.size());
        if (verdict instanceof Verdict.Aside aside) {
            Map<Row, RefusedException> refused = new LinkedHashMap<>();
            aside.blamed().forEach((index, why) -> refused.put(rows.get(index), why));
            return setAside(session, refused);
        }
        session.rollback();
        if (verdict instanceof Verdict.Alone) {
            alone = rows.size();
            return Turn.SETTLED;
        }
        LOG.error("nothing is relayed, since the broker refuses this program: {}", refusal.getMessage());
        return Turn.AWAY;
    }

    private static String reason(Throwable failure) {
        return failure instanceof UnavailableException ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private Turn setAside(Session session, Map<Row, RefusedException> refused) throws SQLException {
        session.setAside(refused);
        session.commit();
        alone = Math.max(0, alone - 1);
        refused.forEach(this::tell);
        return Turn.SETTLED;
    }

    private void tell(Row row, RefusedException why) {
        CloudEvent event = row.event();
        if (event == null) {
            LOG.error("set aside: entry {}, {}", row.entry(), why.getMessage());
            return;
        }
        LOG.error("set aside: event {} of {}, {}", event.getId(), event.getSource(), why.getMessage());
        try {
            config.onRefused().refused(event, why);
        } catch (RuntimeException bug) { // the program's: the others go on
            LOG.error("the listener for refused events failed", bug);
        }
    }
}
