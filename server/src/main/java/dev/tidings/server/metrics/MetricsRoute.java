package dev.tidings.server.metrics;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// `GET /metrics`, in the text format of Prometheus.
public final class MetricsRoute implements Route {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

    private final Metrics metrics;
    private final Supplier<CompletionStage<List<GroupStatus>>> groups;

    public MetricsRoute(Metrics metrics, Supplier<CompletionStage<List<GroupStatus>>> groups) {
        this.metrics = metrics;
        this.groups = groups;
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.answerWhen(groups.get(), current -> {
            metrics.groups().update(current);
            return Answer.of(200, TEXT, Bytes.utf8(metrics.text()));
        });
    }
}
