package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.Answer.Header;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the one answer of an exchange, and keeps the books of its connection: deadlines, and what becomes of a
/// body that was not read. The exchange is finished once it was answered, even if nobody was there any more to take
/// the answer: until then its route may use the body. Belongs to the event loop, but for [#write].
final class AnswerWriter extends DeadlineQueue.Entry {
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    private static final long NO_ERROR = 0;
    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final HttpLoop loop;
    private final @Nullable ConnectionGuard guard;
    private @Nullable Runnable finished;
    private @Nullable Runnable whenGone;
    private @Nullable AnswerStream stream;
    private @Nullable AnswerBody body;
    private boolean bodyUnread;
    private boolean lingers;
    private boolean last;
    private boolean gone;
    private volatile boolean over;
    private boolean done;

    AnswerWriter(HttpServerRequest request, HttpLoop loop) {
        this.request = request;
        this.loop = loop;
        response = request.response();
        guard = loop.guard(request.connection());
        if (guard != null) {
            guard.began();
        }
        response.closeHandler(_ -> closed());
    }

    /// Runs the task once the exchange is finished, however it ends.
    void whenFinished(Runnable task) {
        Runnable before = finished;
        if (done) {
            task.run();
        } else if (before == null) {
            finished = task;
        } else {
            finished = () -> {
                before.run();
                task.run();
            };
        }
    }

    /// Runs the task where the client goes away before it is answered; at once, where it has.
    void whenGone(Runnable task) {
        if (gone) {
            task.run();
        } else {
            whenGone = task;
        }
    }

    boolean over() {
        return over;
    }

    /// The rest of the body will not be read: the connection ends with this exchange.
    void bodyUnread() {
        bodyUnread = true;
    }

    /// The connection ends with this exchange, whatever else came over it.
    void isLast() {
        bodyUnread = true;
        last = true;
        if (guard != null) {
            guard.last();
        }
    }

    /// After all, somebody reads it.
    void bodyIsRead() {
        bodyUnread = false;
    }

    void upgraded() {
        over = true;
        if (guard != null) {
            guard.upgraded();
        }
        finish();
    }

    void write(Answer answer, Consumer<Boolean> written) {
        loop.run(() -> writeHere(answer, written));
    }

    /// Begins an answer that is written piece by piece; null where nobody waits for one any more. On the event loop.
    @Nullable
    AnswerStream begin(Answer head) {
        if (over) {
            finish();
            return null;
        }
        over = true;
        head(head);
        AnswerStream begun = new AnswerStream(this, response);
        // Who speaks HTTP/1.0 knows no chunks: what it gets ends with the connection (RFC 9112, section 6.1).
        if (request.version() == HttpVersion.HTTP_1_0) {
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        } else {
            var _ = response.setChunked(true).writeHead();
        }
        stream = begun;
        return begun;
    }

    /// The client has to take something of an answer in pieces before there can be more.
    void full() {
        loop.awaitDraining(this);
    }

    void drained() {
        DeadlineQueue.end(this);
    }

    /// An answer in pieces ends.
    void ends(Future<Void> end) {
        loop.awaitTaking(this);
        end.onComplete(sent -> {
            DeadlineQueue.end(this);
            afterAnswer(sent.succeeded());
        });
    }

    /// Begins an answer of that length whose body is given piece by piece. May be called by any thread.
    AnswerBody begin(Answer head, long length) {
        AnswerBody begun = new AnswerBody(response, loop, this);
        loop.run(() -> begin(begun, head, length));
        return begun;
    }

    private void begin(AnswerBody begun, Answer head, long length) {
        if (over) {
            begun.gone();
            finish();
            return;
        }
        over = true;
        body = begun;
        head(head);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    }

    /// The body of an answer ends.
    ///
    /// @param whole whether all of it was handed to the network; else the client is to notice
    void bodyEnds(boolean whole) {
        body = null;
        if (!whole && !gone) {
            cut();
        }
        afterAnswer(whole);
    }

    private void writeHere(Answer answer, Consumer<Boolean> written) {
        if (over) {
            written.accept(false);
            finish();
            return;
        }
        over = true;
        head(answer);
        loop.awaitTaking(this);
        send(answer).onComplete(sent -> {
            DeadlineQueue.end(this);
            written.accept(sent.succeeded());
            afterAnswer(sent.succeeded());
            if (last) {
                end();
            }
        });
    }

    private void end() {
        if (guard == null) {
            var _ = request.connection().close();
        } else {
            guard.end();
        }
    }

    private void head(Answer answer) {
        response.setStatusCode(answer.status());
        var headers = response.headers();
        headers.set(HttpHeaders.DATE, loop.date());
        if (answer.contentType() != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        for (Header header : answer.headers()) {
            headers.add(header.name(), header.value());
        }
        if (bodyUnread && !multiplexed()) {
            headers.set(HttpHeaders.CONNECTION, CLOSE);
        }
    }

    private Future<Void> send(Answer answer) {
        Bytes body = answer.body();
        if (body.isEmpty()) {
            return response.end();
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            return response.end();
        }
        return response.end(buffer(body));
    }

    static Buffer buffer(Bytes bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length()));
    }

    private void afterAnswer(boolean sent) {
        if (!sent || gone || !bodyUnread || request.isEnded()) {
            finish();
        } else {
            linger();
        }
    }

    /// Throws the rest of the body away for a while, so that the client is not cut off before it reads the answer:
    /// there are clients that forget an answer when the stream is reset behind it, though no error is told.
    private void linger() {
        lingers = true;
        loop.linger(this);
        request.handler(_ -> {});
        request.exceptionHandler(_ -> closed());
        request.endHandler(_ -> bodyEnded());
        request.resume();
    }

    private void bodyEnded() {
        if (multiplexed()) {
            DeadlineQueue.end(this);
            finish();
        } else {
            late();
        }
    }

    /// The client did not take the answer in time, or lingered long enough.
    @Override
    void late() {
        cut();
        if (lingers) {
            finish();
        }
        cutStream();
    }

    /// Ends the exchange, and the connection with it, where there are no others on it.
    private void cut() {
        if (multiplexed()) {
            response.reset(lingers ? NO_ERROR : CANCEL);
        } else if (guard != null) {
            guard.cut();
        } else {
            request.connection().close();
        }
    }

    private void cutStream() {
        if (stream != null) {
            stream.gone();
            finish();
        }
        if (body != null) {
            body.gone();
        }
    }

    /// The client went away while its body was read: there will be no answer.
    void lost() {
        over = true;
        finish();
    }

    private void closed() {
        gone = true;
        DeadlineQueue.end(this);
        cutStream();
        if (lingers) {
            finish();
        } else if (!over) {
            over = true;
            if (whenGone != null) {
                whenGone.run();
            }
        }
    }

    private void finish() {
        if (done) {
            return;
        }
        done = true;
        if (guard != null) {
            guard.finished();
        }
        if (finished != null) {
            finished.run();
        }
    }

    private boolean multiplexed() {
        return request.version() == HttpVersion.HTTP_2;
    }
}
