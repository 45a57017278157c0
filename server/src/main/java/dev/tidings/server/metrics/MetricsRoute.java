package dev.tidings.server.metrics;

import dev.tidings.broker.consuming.GroupStandings;
import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;

/// `GET /metrics`, in the text format of Prometheus.
public final class MetricsRoute implements Route {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

    private final Metrics metrics;
    private final GroupStandings standings;

    public MetricsRoute(Metrics metrics, GroupStandings standings) {
        this.metrics = metrics;
        this.standings = standings;
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.answerWhen(standings.now(), current -> {
            metrics.groups().update(current);
            return Answer.of(200, TEXT, Bytes.utf8(metrics.text()));
        });
    }
}
