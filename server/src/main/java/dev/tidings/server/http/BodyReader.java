package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the body of one request into memory, within its limit and the budget of all bodies, and in time. Memory is
/// taken as bytes arrive, not as they are promised. Belongs to the event loop.
final class BodyReader extends DeadlineQueue.Entry {
    private static final int FIRST_PIECE = 8 * 1024;
    private static final long UNKNOWN = -1;
    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final HttpLoop loop;
    private final BodyBudget.Share share;
    private final long limit;
    private final Consumer<Read> next;
    private long declared = UNKNOWN;
    private byte[] bytes = Bytes.EMPTY.array();
    private int offset;
    private int length;
    private boolean done;

    /// How large the body may be, and from what its memory is taken.
    record Room(long limit, BodyBudget.Share share) {}

    /// How the reading of a body ended.
    sealed interface Read {
        record Whole(Bytes body) implements Read {}

        /// The rest of the body is still to come.
        record Refused(Refusal refusal) implements Read {}

        /// The client went away.
        record Lost() implements Read {}
    }

    /// @param next is told once how it ended
    BodyReader(HttpServerRequest request, Room room, HttpLoop loop, Consumer<Read> next) {
        this.request = request;
        this.loop = loop;
        share = room.share;
        limit = room.limit;
        this.next = next;
    }

    void start() {
        Refusal refusal = declare(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        if (refusal != null) {
            end(new Read.Refused(refusal));
            return;
        }
        if (declared == 0) {
            end(new Read.Whole(Bytes.EMPTY));
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        loop.awaitBody(this);
        request.handler(this::take);
        request.endHandler(_ -> end(new Read.Whole(new Bytes(bytes, offset, length))));
        request.exceptionHandler(this::failed);
    }

    /// The client is too slow.
    @Override
    void late() {
        request.response().reset(CANCEL);
        end(new Read.Lost());
    }

    /// The body cannot be read on: it is cut into chunks that are none, or there is nobody to send it any more. Vert.x
    /// closes the connection behind this, and what is answered here.
    private void failed(Throwable cause) {
        boolean malformed = cause instanceof DecoderException || cause instanceof IllegalArgumentException;
        end(
                malformed
                        ? new Read.Refused(Refusal.of(
                                ErrorCode.MALFORMED_REQUEST, "the body is not in HTTP's chunks: " + cause.getMessage()))
                        : new Read.Lost());
    }

    private @Nullable Refusal declare(@Nullable String contentLength) {
        if (contentLength == null) {
            return null;
        }
        try {
            declared = Long.parseLong(contentLength);
        } catch (NumberFormatException e) {
            return Refusal.of(ErrorCode.MALFORMED_REQUEST, "Content-Length is a whole number");
        }
        return declared > limit ? tooLarge(limit) : null;
    }

    private void take(Buffer buffer) {
        if (done) {
            return;
        }
        int more = buffer.length();
        if (more > limit - length) {
            end(new Read.Refused(tooLarge(limit)));
        } else if (length == 0 && more == declared) {
            adopt(buffer, more);
        } else if (grow(length + more)) {
            buffer.getBytes(bytes, length);
            length += more;
        }
    }

    /// The whole body came in one piece: its bytes are nobody else's, and need no copy.
    private void adopt(Buffer buffer, int size) {
        if (!takeRoom(size)) {
            end(new Read.Refused(tooBusy()));
            return;
        }
        ByteBuf whole = ((BufferInternal) buffer).getByteBuf();
        if (whole.hasArray()) {
            bytes = whole.array();
            offset = whole.arrayOffset();
        } else {
            bytes = buffer.getBytes();
        }
        length = size;
    }

    private boolean grow(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        int size = (int) Math.min(limit, Math.max(needed, Math.max(FIRST_PIECE, 2L * bytes.length)));
        if (declared != UNKNOWN) {
            size = (int) Math.min(size, Math.max(needed, declared));
        }
        if (!takeRoom(size - bytes.length)) {
            end(new Read.Refused(tooBusy()));
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    /// Whoever is slow, and it may be this one, gives way: else a few who never finish would hold all room there is.
    private boolean takeRoom(int more) {
        boolean taken = share.take(more);
        while (!taken && !done && loop.cutSlowestBody()) {
            taken = share.take(more);
        }
        return taken && !done;
    }

    private void end(Read read) {
        if (!done) {
            done = true;
            DeadlineQueue.end(this);
            next.accept(read);
        }
    }

    static Refusal tooLarge(long limit) {
        return Refusal.of(
                ErrorCode.REQUEST_TOO_LARGE,
                "the body has more than " + limit + " bytes, counted after decompression; split the batch");
    }

    static Refusal tooBusy() {
        return Refusal.retryable(
                ErrorCode.NOT_READY,
                "the requests being worked on fill the memory set aside for them; nothing was stored, try again",
                Duration.ofSeconds(1));
    }
}
