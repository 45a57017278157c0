package dev.tidings.server.http;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.wire.Problem;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one mapping from refusals and failures to answers. May be used by any thread.
public final class ProblemAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String CODINGS = "gzip, zstd";
    private static final String CHALLENGE = "Bearer realm=\"tidings\"";

    private final RandomGenerator random;
    private final Consumer<ErrorCode> counter;

    /// @param counter is told of each error; called by any thread
    public ProblemAnswers(RandomGenerator random, Consumer<ErrorCode> counter) {
        this.random = random;
        this.counter = counter;
    }

    /// The answer to a request that was refused before anything was written.
    ///
    /// @param operation what was asked for; null where that is not known
    public Answer refused(Refusal refusal, @Nullable Operation operation) {
        List<Header> headers = new ArrayList<>(2);
        switch (refusal.code()) {
            case UNAUTHENTICATED, NOT_ALLOWED -> headers.add(new Header("WWW-Authenticate", CHALLENGE));
            case UNSUPPORTED_CONTENT_ENCODING -> {
                boolean stream = operation != null && operation.input() == Input.STREAM;
                headers.add(new Header(HttpHeaders.ACCEPT_ENCODING, stream ? "identity" : CODINGS));
            }
            case UNSUPPORTED_CONTENT_TYPE -> {
                if (operation != null) {
                    headers.add(new Header("Accept-Post", operation.input().accepted()));
                }
            }
            case MALFORMED_REQUEST,
                    MALFORMED_EVENT,
                    INVALID_PARAMETER,
                    OFFSET_NOT_DELIVERED,
                    DIGEST_MISMATCH,
                    UNSUPPORTED_SUBPROTOCOL,
                    NOT_FOUND,
                    INSTANCE_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    GROUP_CONFLICT,
                    STATE_CONFLICT,
                    POSITION_GONE,
                    REPAIRS_EXHAUSTED,
                    VERSION_CONFLICT,
                    REQUEST_TOO_LARGE,
                    EVENT_TOO_LARGE,
                    RANGE_NOT_SATISFIABLE,
                    INVALID_CATALOG,
                    SCHEMA_VIOLATED,
                    UNKNOWN_PAYLOAD,
                    OVER_QUOTA,
                    BUG,
                    NOT_READY,
                    STORE_UNAVAILABLE -> {}
        }
        if (refusal.retryAfter() != null) {
            headers.add(retryAfter(refusal.retryAfter()));
        }
        return problem(refusal).with(headers.toArray(Header[]::new));
    }

    /// The answer to a request that failed. What is not [Unavailable] is logged, once, under an id that the answer
    /// tells.
    public Answer failed(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> failed(wrapped.getCause());
            case Unavailable unavailable -> unavailable(unavailable);
            case Corrupt corrupt -> logged("stored data is corrupt", corrupt);
            default -> logged("the broker has a fault", failure);
        };
    }

    Answer problem(Refusal refusal) {
        counter.accept(refusal.code());
        return Answer.of(
                refusal.code().status(), Answer.PROBLEM, Problem.of(refusal).json());
    }

    private Answer unavailable(Unavailable unavailable) {
        String effect = switch (unavailable.effect()) {
            case NONE -> "nothing of the request was stored";
            case UNKNOWN ->
                "the request may have been stored: the effect is unknown; a retry with the same ids is safe";
        };
        Refusal refusal = Refusal.of(ErrorCode.STORE_UNAVAILABLE, unavailable.getMessage() + "; " + effect);
        return problem(refusal).with(retryAfter(unavailable.retryAfter()));
    }

    private Answer logged(String what, Throwable failure) {
        String id = HexFormat.of().toHexDigits(random.nextLong());
        LOG.error("{}; answered with correlation id {}", what, id, failure);
        return problem(Refusal.of(
                ErrorCode.BUG,
                what + "; its log has the details under the correlation id " + id
                        + "; whether the request took effect is unknown, a retry with the same ids is safe"));
    }

    /// Whole seconds, at least one.
    private static Header retryAfter(Duration duration) {
        long seconds = Math.max(1, duration.plusMillis(999).toSeconds());
        return new Header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
}
