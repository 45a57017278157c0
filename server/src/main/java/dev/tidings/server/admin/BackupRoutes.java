package dev.tidings.server.admin;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.admin.BackupKeeping.BackupStatus;
import dev.tidings.server.admin.BackupKeeping.Begun;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/// What administrators do with backups.
public record BackupRoutes(Route begin, Route list, Route show) {
    public static BackupRoutes of(Catalogs catalogs, BackupKeeping backups) {
        Route list = exchange -> exchange.answerWhen(backups.all(), all -> Answer.json(200, BackupJson.all(all)));
        return new BackupRoutes(
                new AdminOnly(catalogs, exchange -> exchange.go(backups.begin(), begun -> begun(exchange, begun))),
                new AdminOnly(catalogs, list),
                new AdminOnly(catalogs, exchange -> exchange.go(backups.all(), all -> show(exchange, all))));
    }

    private static void begun(Exchange exchange, Begun begun) {
        switch (begun) {
            case Begun.Running(String name) ->
                exchange.answer(Answer.json(202, BackupJson.one(new BackupStatus.Running(name)))
                        .with(new Header(HttpHeaders.LOCATION, Operation.BACKUPS + "/" + name)));
            case Begun.Refused(Refusal refusal) -> exchange.refuse(refusal);
        }
    }

    private static void show(Exchange exchange, List<BackupStatus> all) {
        String name = exchange.pathParameters().getFirst();
        all.stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        backup -> exchange.answer(Answer.json(200, BackupJson.one(backup))),
                        () -> exchange.refuse(Refusal.of(
                                ErrorCode.NOT_FOUND,
                                "there is no backup of that name; GET /admin/backups tells which there are")));
    }
}
