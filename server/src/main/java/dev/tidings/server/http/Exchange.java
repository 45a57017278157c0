package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.auth.Authentication;
import dev.tidings.server.auth.Credentials;
import dev.tidings.server.http.Answer.Header;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One request and its answer. A route reads the request on the thread it is called on; it may answer from any
/// thread. Only the first answer counts.
public final class Exchange {
    private final HttpServerRequest request;
    private final Target.Known target;
    private final ExchangeParts parts;
    private final AnswerWriter writer;
    private Bytes body = Bytes.EMPTY;
    private @Nullable Caller caller;

    Exchange(HttpServerRequest request, Target.Known target, ExchangeParts parts, AnswerWriter writer) {
        this.request = request;
        this.target = target;
        this.parts = parts;
        this.writer = writer;
    }

    public Operation operation() {
        return target.operation();
    }

    /// The decoded values of the path's parameters, in the order of the template.
    public List<String> pathParameters() {
        return target.parameters();
    }

    /// Parses the parameters of the address.
    public Query query() {
        return new Query(request.query());
    }

    /// The first header of that name, or null.
    public @Nullable String header(CharSequence name) {
        return request.getHeader(name);
    }

    public Iterable<Map.Entry<String, String>> headers() {
        return request.headers();
    }

    /// The `Content-Type` as it stands, or null.
    public @Nullable String contentType() {
        return request.getHeader(HttpHeaders.CONTENT_TYPE);
    }

    /// The decompressed body; empty where there is none.
    public Bytes body() {
        return body;
    }

    /// Who calls. Known where [Operation#access] is `FIRST`, and behind [#identify].
    public Caller caller() {
        Caller known = caller;
        if (known == null) {
            throw new IllegalStateException(operation() + " uses its caller before it is known");
        }
        return known;
    }

    /// Finds out who calls, then goes on, with the caller known, on this thread or the one that found out; or
    /// refuses.
    public void identify(Runnable next) {
        if (caller != null) {
            next.run();
            return;
        }
        CompletionStage<Authentication> asked = parts.authenticator()
                .authenticate(new Credentials(
                        request.getHeader(HttpHeaders.AUTHORIZATION), request.isSSL() ? request.sslSession() : null));
        asked.whenComplete((authentication, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                run(() -> identified(authentication, next));
            }
        });
    }

    private void identified(Authentication authentication, Runnable next) {
        switch (authentication) {
            case Authentication.Known(Caller known) -> {
                caller = known;
                next.run();
            }
            case Authentication.Unknown(Refusal refusal) -> refuse(refusal);
        }
    }

    /// Begins to read the body piece by piece, where that is the [Input#STREAM] of the operation. May be called by
    /// any thread, once.
    public BodyStream receive() {
        BodyStream body = new BodyStream(request, parts.loop(), writer);
        onLoop(body::start);
        return body;
    }

    /// Begins an answer whose body is given piece by piece, of so many bytes. May be called by any thread.
    public AnswerBody begin(Answer head, long length) {
        return writer.begin(head, length);
    }

    /// Answers when the stage completes: with what `answer` makes of its value, or with a problem.
    public <T> void answerWhen(CompletionStage<T> stage, Function<T, Answer> answer) {
        go(stage, value -> answer(answer.apply(value)));
    }

    /// Goes on when the stage completes, on the exchange's event loop; a failure is answered with a problem.
    public <T> void go(CompletionStage<T> stage, Consumer<T> next) {
        stage.whenComplete((value, failure) -> onLoop(() -> {
            if (failure != null) {
                fail(failure);
            } else {
                run(() -> next.accept(value));
            }
        }));
    }

    public void answer(Answer answer) {
        answer(answer, _ -> {});
    }

    /// Answers, and tells on the exchange's event loop whether all of the answer was handed to the network.
    public void answer(Answer answer, Consumer<Boolean> written) {
        writer.write(answer, written);
    }

    /// Begins an answer that is written piece by piece; null where nobody waits for one any more. On the exchange's
    /// event loop.
    ///
    /// @param head status and headers; its body is passed over
    public @Nullable AnswerStream begin(Answer head) {
        return writer.begin(head);
    }

    /// Whether the client wants no more than the head of the answer.
    public boolean headOnly() {
        return request.method().equals(HttpMethod.HEAD);
    }

    public void refuse(Refusal refusal) {
        Caller known = caller;
        if (refusal.code() == ErrorCode.OVER_QUOTA && known != null) {
            parts.refusals().overQuota(known.client());
        }
        answer(parts.problems().refused(refusal, operation()));
    }

    /// The same with more headers.
    public void refuse(Refusal refusal, Header... more) {
        Answer refused = parts.problems().refused(refusal, operation());
        List<Header> headers = new ArrayList<>(refused.headers());
        headers.addAll(List.of(more));
        answer(refused.with(headers.toArray(Header[]::new)));
    }

    /// Answers a failure: [dev.tidings.engine.Unavailable] is a 503, everything else a bug or corruption.
    public void fail(Throwable failure) {
        answer(parts.problems().failed(failure));
    }

    /// Whether the client has gone, or the answer was given: nobody waits for one any more.
    public boolean over() {
        return writer.over();
    }

    /// Runs the task on the event loop once the exchange has ended, however it did.
    public void whenFinished(Runnable task) {
        onLoop(() -> writer.whenFinished(task));
    }

    /// Runs the task on the event loop where the client goes away before it is answered; it must be answered all the
    /// same, which nobody reads then.
    public void whenGone(Runnable task) {
        onLoop(() -> writer.whenGone(task));
    }

    /// Runs the task on the exchange's event loop; at once, if this is it.
    public void onLoop(Runnable task) {
        parts.loop().run(task);
    }

    /// The exchange's event loop, for what outlives the exchange: runs tasks at once, if it is asked on itself.
    public Executor loop() {
        return parts.loop()::run;
    }

    /// The request as Vert.x has it, for what is more than a request and an answer. Whoever upgrades it must call
    /// [#upgraded].
    public HttpServerRequest request() {
        return request;
    }

    /// The connection is no longer HTTP: the deadlines of HTTP end.
    public void upgraded() {
        writer.upgraded();
    }

    void body(Bytes bytes) {
        body = bytes;
    }

    /// Runs a part of a route; what it throws is a bug, and answered as one.
    void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error bug) { // the top of every route: nobody else could answer
            fail(bug);
        }
    }
}
