package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The body of a request that is taken piece by piece, by one thread that may wait for it and is not the event loop.
/// The event loop stops reading while enough waits to be taken. A client may take long for all of it, but not for the
/// next piece; while it is we who are slow, its time stands still.
public final class BodyStream extends DeadlineQueue.Entry {
    /// So much may wait to be taken, and one more piece of the network's.
    private static final int ROOM = 128 * 1024;
    /// A deadline is for so many bytes.
    private static final int STEP = 64 * 1024;

    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final HttpLoop loop;
    private final AnswerWriter writer;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean paused;
    private @Nullable Piece end;
    private int sinceDeadline;

    /// What was taken.
    public sealed interface Piece {
        /// There are bytes.
        record Some() implements Piece {}

        /// The body is over.
        record End() implements Piece {}

        /// The client went away, or was too slow: there will be no answer.
        record Lost() implements Piece {}

        /// The body cannot be read on.
        record Refused(Refusal refusal) implements Piece {}
    }

    BodyStream(HttpServerRequest request, HttpLoop loop, AnswerWriter writer) {
        this.request = request;
        this.loop = loop;
        this.writer = writer;
    }

    /// Begins to read. On the event loop; the request is paused.
    void start() {
        writer.bodyIsRead();
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        loop.awaitPiece(this);
        request.handler(this::take);
        request.endHandler(_ -> finish(new Piece.End()));
        request.exceptionHandler(this::failed);
        request.resume();
        loop.later(() -> writer.whenGone(() -> finish(new Piece.Lost())));
    }

    /// Waits for bytes, and copies what fits of those that have come behind the position of the buffer.
    public synchronized Piece take(ByteBuffer into) throws InterruptedException {
        while (bytes == 0 && end == null) {
            wait();
        }
        if (bytes == 0 && end != null) {
            return end;
        }
        int before = into.position();
        while (into.hasRemaining() && !waiting.isEmpty()) {
            ByteBuffer first = waiting.getFirst();
            int count = Math.min(first.remaining(), into.remaining());
            into.put(into.position(), first, first.position(), count);
            into.position(into.position() + count);
            first.position(first.position() + count);
            if (!first.hasRemaining()) {
                waiting.removeFirst();
            }
        }
        bytes -= into.position() - before;
        if (paused && bytes < ROOM / 2) {
            paused = false;
            loop.run(this::resume);
        }
        return new Piece.Some();
    }

    /// Nobody takes the rest; it is thrown away once an answer was given.
    public void stop() {
        loop.run(() -> {
            DeadlineQueue.end(this);
            if (isOpen()) {
                request.pause();
                writer.bodyUnread();
            }
        });
    }

    /// Ends it though more may come; what has come can be taken. May be called by any thread.
    public void refuse(Refusal refusal) {
        loop.run(() -> {
            if (isOpen()) {
                finish(new Piece.Refused(refusal));
                request.pause();
                writer.bodyUnread();
            }
        });
    }

    private synchronized boolean isOpen() {
        return end == null;
    }

    private void take(Buffer buffer) {
        if (!isOpen()) {
            return;
        }
        sinceDeadline += buffer.length();
        if (keep(((BufferInternal) buffer).getByteBuf().nioBuffer())) {
            request.pause();
            DeadlineQueue.end(this);
        } else if (sinceDeadline >= STEP) {
            sinceDeadline = 0;
            loop.awaitPiece(this);
        }
    }

    /// Whether that is enough for now.
    private synchronized boolean keep(ByteBuffer piece) {
        waiting.addLast(piece);
        bytes += piece.remaining();
        paused = paused || bytes >= ROOM;
        notifyAll();
        return paused;
    }

    private void resume() {
        if (isOpen()) {
            sinceDeadline = 0;
            loop.awaitPiece(this);
            request.resume();
        }
    }

    @Override
    void late() {
        request.response().reset(CANCEL);
        lost();
    }

    private void failed(Throwable cause) {
        if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
            finish(new Piece.Refused(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST, "the body is not in HTTP's chunks: " + cause.getMessage())));
        } else {
            loop.later(this::lost);
        }
    }

    /// The client is gone. What it has sent before, Vert.x hands out by a task: this comes behind it.
    private void lost() {
        finish(new Piece.Lost());
        writer.lost();
    }

    private synchronized void finish(Piece how) {
        if (end == null) {
            DeadlineQueue.end(this);
            end = how;
            notifyAll();
        }
    }
}
