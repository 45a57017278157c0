package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.BodyReader.Read;
import dev.tidings.server.http.BodyReader.Room;
import dev.tidings.server.http.Inflation.Coding;
import dev.tidings.server.http.Inflation.Inflated;
import dev.tidings.server.http.Operation.Access;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Where requests come in, on one event loop: finds what each is about, reads its body, and calls its route. Checks
/// in this order: path, method, size, content coding, what is accepted, content type; then, where that comes first,
/// the caller.
final class Door {
    private final Paths paths;
    private final Map<Operation, Route> routes = new EnumMap<>(Operation.class);
    private final ExchangeParts parts;
    private final Traffic traffic;

    Door(Paths paths, Routes routes, ExchangeParts parts, Traffic traffic) {
        this.paths = paths;
        this.parts = parts;
        this.traffic = traffic;
        for (Operation operation : Operation.values()) {
            this.routes.put(operation, routes.of(operation));
        }
    }

    void handle(HttpServerRequest request) {
        if (isBehindTheLast(request)) {
            return;
        }
        AnswerWriter writer = new AnswerWriter(request, parts.loop());
        String objection = Head.objection(request);
        if (objection != null) {
            writer.isLast();
            writer.write(parts.problems().refused(Refusal.of(ErrorCode.MALFORMED_REQUEST, objection), null), _ -> {});
            return;
        }
        switch (paths.find(request.method(), request.path())) {
            case Target.Known known -> enter(new Exchange(request, known, parts, writer), writer);
            case Target.Options(String allow) ->
                writer.write(Answer.NO_CONTENT.with(new Header(HttpHeaders.ALLOW, allow)), _ -> {});
            case Target.WrongMethod(String allow) -> wrongMethod(request, writer, allow);
            case Target.NoSuchPath() ->
                refuse(request, writer, Refusal.of(ErrorCode.NOT_FOUND, "there is nothing at this path"));
            case Target.Malformed(Refusal refusal) -> refuse(request, writer, refusal);
        }
    }

    /// Answers what could not be parsed; Vert.x closes the connection behind it.
    void handleInvalid(HttpServerRequest request) {
        if (isBehindTheLast(request)) {
            return;
        }
        Throwable cause = request.decoderResult().cause();
        Refusal refusal = Refusal.of(
                ErrorCode.MALFORMED_REQUEST, "the head of the request is not HTTP, or too long: " + cause.getMessage());
        new AnswerWriter(request, parts.loop()).write(parts.problems().problem(refusal), _ -> {});
    }

    /// What stands behind a body of unknown length is no request, whatever it looks like.
    private boolean isBehindTheLast(HttpServerRequest request) {
        ConnectionGuard guard = parts.loop().guard(request.connection());
        return guard != null && guard.isLast();
    }

    private void wrongMethod(HttpServerRequest request, AnswerWriter writer, String allow) {
        Refusal refusal = Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "this path takes " + allow);
        unreadBody(request, writer);
        writer.write(parts.problems().problem(refusal).with(new Header(HttpHeaders.ALLOW, allow)), _ -> {});
    }

    private void refuse(HttpServerRequest request, AnswerWriter writer, Refusal refusal) {
        unreadBody(request, writer);
        writer.write(parts.problems().refused(refusal, null), _ -> {});
    }

    /// Marks the body, where there may be one, as one that nobody is going to read.
    private static void unreadBody(HttpServerRequest request, AnswerWriter writer) {
        if (mayHaveBody(request)) {
            writer.bodyUnread();
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0")
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || request.version() == HttpVersion.HTTP_2 && length == null;
    }

    private void enter(Exchange exchange, AnswerWriter writer) {
        if (!traffic.enter(exchange.operation())) {
            unreadBody(exchange.request(), writer);
            exchange.refuse(Traffic.refusal());
            return;
        }
        writer.whenFinished(traffic::leave);
        if (exchange.operation().input() == Input.NOTHING) {
            unreadBody(exchange.request(), writer);
            keepUpgradable(exchange, writer);
            exchange.run(() -> proceed(exchange));
            return;
        }
        String encoding = exchange.header(HttpHeaders.CONTENT_ENCODING);
        Coding coding = Inflation.coding(encoding);
        if (coding == null && encoding != null) {
            unreadBody(exchange.request(), writer);
            exchange.refuse(Inflation.unknown(encoding));
            return;
        }
        Coding known = coding == null ? Coding.IDENTITY : coding;
        if (exchange.operation().input() == Input.STREAM) {
            stream(exchange, writer, known);
            return;
        }
        if (exchange.operation().access() == Access.FIRST) {
            identifyThenRead(exchange, writer, known);
        } else {
            readBody(exchange, writer, known);
        }
    }

    /// Vert.x upgrades no request that was read to its end: until it is answered, it waits for its end.
    private static void keepUpgradable(Exchange exchange, AnswerWriter writer) {
        if (exchange.operation() == Operation.CONSUME_WEBSOCKET) {
            exchange.request().pause();
            writer.whenFinished(() -> exchange.request().resume());
        }
    }

    /// What is streamed is read by its route, if it comes to that, and stored as it comes.
    private void stream(Exchange exchange, AnswerWriter writer, Coding coding) {
        unreadBody(exchange.request(), writer);
        exchange.request().pause();
        if (coding == Coding.IDENTITY) {
            exchange.run(() -> proceed(exchange));
        } else {
            exchange.refuse(Refusal.of(
                    ErrorCode.UNSUPPORTED_CONTENT_ENCODING,
                    "a payload is stored as it is: send it without Content-Encoding, and what was compressed before"
                            + " with a Content-Type that says so"));
        }
    }

    /// Documents may be large: only those of known callers are read.
    private void identifyThenRead(Exchange exchange, AnswerWriter writer, Coding coding) {
        unreadBody(exchange.request(), writer);
        exchange.request().pause();
        exchange.identify(() -> exchange.onLoop(() -> {
            writer.bodyIsRead();
            readBody(exchange, writer, coding);
            exchange.request().resume();
        }));
    }

    private void readBody(Exchange exchange, AnswerWriter writer, Coding coding) {
        BodyBudget.Share share = parts.budget().share();
        writer.whenFinished(share::giveBack);
        Room room = new Room(limit(exchange.operation()), share);
        Reading reading = new Reading(exchange, writer, coding, room);
        new BodyReader(exchange.request(), room, parts.loop(), reading::ended).start();
    }

    private long limit(Operation operation) {
        HttpConfig.Limits limits = parts.config().limits();
        return (operation.input() == Input.DOCUMENT ? limits.document() : limits.request()).bytes();
    }

    /// What happens to one exchange once its body was read.
    private final class Reading {
        private final Exchange exchange;
        private final AnswerWriter writer;
        private final Coding coding;
        private final Room room;

        Reading(Exchange exchange, AnswerWriter writer, Coding coding, Room room) {
            this.exchange = exchange;
            this.writer = writer;
            this.coding = coding;
            this.room = room;
        }

        void ended(Read read) {
            switch (read) {
                case Read.Whole(Bytes body) -> whole(body);
                case Read.Refused(Refusal refusal) -> {
                    writer.bodyUnread();
                    exchange.refuse(refusal);
                }
                case Read.Lost() -> writer.lost();
            }
        }

        private void whole(Bytes body) {
            if (coding == Coding.IDENTITY
                    && body.length() <= parts.config().limits().onLoop().bytes()) {
                exchange.body(body);
                exchange.run(() -> proceed(exchange));
            } else {
                parts.workers().execute(() -> exchange.run(() -> inflate(body)));
            }
        }

        private void inflate(Bytes body) {
            switch (Inflation.inflate(coding, body, room.limit())) {
                case Inflated.Whole(Bytes inflated) -> inflated(body, inflated);
                case Inflated.Refused(Refusal refusal) -> exchange.refuse(refusal);
            }
        }

        private void inflated(Bytes body, Bytes inflated) {
            if (inflated.array() == body.array() || room.share().take(inflated.array().length)) {
                exchange.body(inflated);
                proceed(exchange);
            } else {
                exchange.refuse(BodyReader.tooBusy());
            }
        }
    }

    private void proceed(Exchange exchange) {
        Operation operation = exchange.operation();
        String type = operation.output().mediaType();
        if (type != null && !Accept.takes(exchange.header(HttpHeaders.ACCEPT), type)) {
            exchange.refuse(Accept.refusal(type));
            return;
        }
        if (operation.input().isEvents() && ContentTypes.mode(operation, exchange.contentType()) == null) {
            exchange.refuse(ContentTypes.refusal(operation, exchange.contentType()));
            return;
        }
        Route route = Objects.requireNonNull(routes.get(operation));
        if (operation.access() == Access.FIRST) {
            exchange.identify(() -> route.handle(exchange));
        } else {
            route.handle(exchange);
        }
    }
}
