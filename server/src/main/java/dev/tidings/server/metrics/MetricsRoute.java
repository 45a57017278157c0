package dev.tidings.server.metrics;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;

/// `GET /metrics`, in the text format of Prometheus.
public final class MetricsRoute implements Route {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

    private final Insight insight;

    public MetricsRoute(Insight insight) {
        this.insight = insight;
    }

    @Override
    public void handle(Exchange exchange) {
        Metrics metrics = insight.metrics();
        exchange.answerWhen(insight.groups().get(), current -> {
            metrics.groups().update(current);
            metrics.lanes().update(insight.lanes().get());
            metrics.types().update(insight.pressure().loads().get());
            return Answer.of(200, TEXT, Bytes.utf8(metrics.text()));
        });
    }
}
